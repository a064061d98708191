import { wireProber } from '../../lib/wiring/prober.ts'
import { probeFunction } from '../_lib/probe.ts'

/** Probes from Singapore: vercel.json says where it runs. */
export const { POST } = probeFunction(() => wireProber('sin1'))
