import { logDrainFormat, wireLogDrain } from '../../lib/wiring/log-drain.ts'
import { logDrainFunction } from '../_lib/ingest-log-drain.ts'

/** Deliveries of a log drain of Vercel. */
export const { GET, POST } = logDrainFunction(wireLogDrain, logDrainFormat)
