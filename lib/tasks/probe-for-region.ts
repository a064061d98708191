import { type RegionAnswer, regionRequestSchema } from '../domain/probe/schema-region.ts'
import type { Prober } from '../ports/prober.ts'
import type { Controls } from '../ports/region-prober.ts'

export interface RegionDeps {
  prober: Prober
  controls: Controls
  region: string
}

/** `wrong` names the fields of a request that is none. */
export type RegionReply = { ok: true; answer: RegionAnswer } | { ok: false; wrong: string[] }

/** Looks at each target once, all at the same time, and at the control targets where one of them is down. Decides nothing. */
export async function probeForRegion({ prober, controls, region }: RegionDeps, body: unknown): Promise<RegionReply> {
  const request = regionRequestSchema.safeParse(body)
  // Paths alone: what stands there may be a secret.
  if (!request.success) return { ok: false, wrong: request.error.issues.map(({ path }) => path.join('.') || 'body') }
  const { probes } = request.data
  const outcomes = await Promise.all(
    probes.map(async ({ id, target, secrets, timeoutMs }) => ({
      id,
      outcome: await prober.probe({ target, secrets, timeoutMs }),
    })),
  )
  const hasFailed = outcomes.some(({ outcome }) => outcome.verdict === 'down')
  return { ok: true, answer: { region, doubt: hasFailed ? await controls.findDoubt() : null, outcomes } }
}
