import { monitorSecretsSchema } from '../domain/monitor/config.ts'
import type { Attempt } from '../domain/probe/confirm.ts'
import type { Exposition } from '../domain/probe/exposition.ts'
import type { ProbeOutcome, RegionSighting } from '../domain/probe/outcome.ts'
import { judgeQuorum, type RegionSeen, type Seen } from '../domain/probe/quorum.ts'
import type { Clock } from '../ports/clock.ts'
import type { Prober } from '../ports/prober.ts'
import type { Controls } from '../ports/region-prober.ts'
import type { SecretBox } from '../ports/secret-box.ts'
import type { MonitorClaim } from '../ports/store.ts'
import type { RegionBatches } from './region-batches.ts'
import { isCollected } from './store-scrape.ts'

export interface RoundDeps {
  prober: Prober
  secretBox: SecretBox
  clock: Clock
  /** Name of the place where this runs. */
  region: string
  controls: Controls
}

/** One look at a target, from everywhere that it is looked at from. */
export type Round =
  | { isUnknown: false; outcome: ProbeOutcome; attempt: Attempt }
  | { isUnknown: true; reason: string; regions: readonly RegionSighting[] }

/** Probes a claimed monitor once: from here, or from each of its regions at the same time. Rejects where its secrets cannot be read. */
export async function probeRound(
  deps: RoundDeps,
  batches: RegionBatches,
  claim: MonitorClaim,
  onExposition: (exposition: Exposition) => void,
): Promise<Round> {
  const { monitor, secretCiphertext } = claim
  const secrets = secretCiphertext === null ? {} : monitorSecretsSchema.parse(deps.secretBox.open(secretCiphertext))
  const request = { target: monitor, secrets, timeoutMs: monitor.timeoutMs }
  const probeHere = () => deps.prober.probe(isCollected(claim) ? { ...request, onExposition } : request)
  if (monitor.regions.length === 0) {
    const outcome = await probeHere()
    return { isUnknown: false, outcome, attempt: outcome }
  }
  const startedAt = deps.clock.now()
  // What travels is the target alone: the rest of the monitor is nobody's business elsewhere.
  const target = { kind: monitor.kind, config: monitor.config } as MonitorClaim['monitor']
  const ask = (region: string): Promise<Seen> =>
    region === deps.region
      ? probeHere().then((outcome) => believe(deps.controls, outcome))
      : batches.ask(region, { id: monitor.id, ...request, target })
  const seen = await Promise.all(
    monitor.regions.map(async (region): Promise<RegionSeen> => ({ region, ...(await ask(region)) })),
  )
  const judged = judgeQuorum(monitor.quorum, seen)
  if (judged.verdict === 'unknown') return { isUnknown: true, reason: judged.reason, regions: judged.regions }
  // Dated by this clock: those of other places may be wrong.
  const outcome = { ...judged.outcome, startedAt }
  const attempt = { startedAt, durationMs: deps.clock.now() - startedAt, verdict: judged.verdict }
  return { isUnknown: false, outcome, attempt }
}

async function believe(controls: Controls, outcome: ProbeOutcome): Promise<Seen> {
  const doubt = outcome.verdict === 'down' ? await controls.findDoubt() : null
  return doubt === null ? { outcome } : { unknown: doubt }
}
