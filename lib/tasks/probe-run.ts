import { monitorSecretsSchema } from '../domain/monitor/config.ts'
import { evaluateHeartbeat } from '../domain/monitor/heartbeat.ts'
import { targetOf } from '../domain/monitor/monitor.ts'
import { isAtLeast } from '../domain/monitor/severity.ts'
import type { MassFailure } from '../domain/notification/decision-context.ts'
import type { SettledSlot } from '../domain/notification/settle.ts'
import { planRecheck } from '../domain/probe/confirm.ts'
import type { Exposition } from '../domain/probe/exposition.ts'
import type { ProbeOutcome } from '../domain/probe/outcome.ts'
import { SUSPECT_HOLD_MS } from '../domain/probe/suspicion.ts'
import type { Prober } from '../ports/prober.ts'
import type { SecretBox } from '../ports/secret-box.ts'
import type { MonitorClaim } from '../ports/store.ts'
import { createRunWatch, type RunSubject, type RunWatch } from './run-watch.ts'
import { type SettleCounts, type SettleDeps, settleRun } from './settle-run.ts'
import { createScrapeQueue, isCollected, type Scrape, type StoreScrapeDeps } from './store-scrape.ts'

export interface ProbeRunDeps extends SettleDeps, StoreScrapeDeps {
  prober: Prober
  secretBox: SecretBox
  region: string
}

/** Results wait this long for company, so that a thousand of them cost a handful of commits and none waits noticeably. */
const FLUSH_AFTER_MS = 100
/** Enough for one commit to be worth its round trip, small enough to keep a commit short. */
const FLUSH_SIZE = 250

interface Finished {
  slot: SettledSlot
  /** Why the run was doubted, for failures that were held and looked at again. */
  suspicion: string | null
  /** What the newest attempt read that could read anything; null where nothing is kept. */
  scrape: Scrape | null
}

/**
 * Probes one batch of claimed monitors, each in its own flow: a slow target delays nobody. Slots are committed as they settle.
 * Failures of a run in which most unrelated targets failed are held, looked at again and committed together at its end.
 */
export async function probeRun(
  deps: ProbeRunDeps,
  claims: readonly MonitorClaim[],
  onChange: () => void,
): Promise<SettleCounts> {
  const total: SettleCounts = { recorded: 0, stale: 0, changed: 0 }
  const add = (counts: SettleCounts) => {
    total.recorded += counts.recorded
    total.stale += counts.stale
    total.changed += counts.changed
    if (counts.changed > 0) onChange()
  }
  const commits = createCommitQueue(deps, add)
  const scrapes = createScrapeQueue(deps)
  const watch = createRunWatch(deps.clock, claims.filter(({ monitor }) => monitor.kind !== 'heartbeat').map(toSubject))
  const held: Finished[] = []
  await Promise.all(
    claims.map(async (claim) => {
      const finished = await runSlot(deps, claim, watch).catch((error: unknown) => {
        // An unreadable secret or a bug: the slot is left unjudged and shows as unknown, and no other monitor waits for it.
        deps.log.error('probe.broken', {
          monitor: claim.monitor.key,
          monitorId: claim.monitor.id,
          error: String(error),
        })
        watch.forget(claim.monitor.id)
        return null
      })
      if (finished === null) return
      if (finished.scrape !== null) scrapes.push(claim, finished.scrape)
      if (finished.suspicion === null) commits.push(finished.slot)
      else held.push(finished)
    }),
  )
  await commits.drain()
  if (held.length > 0)
    add(
      await settleRun(
        deps,
        held.map(({ slot }) => slot),
        groupByProject(deps, held, claims),
      ),
    )
  await scrapes.drain()
  return total
}

async function runSlot(deps: ProbeRunDeps, claim: MonitorClaim, watch: RunWatch): Promise<Finished> {
  const { monitor, state } = claim
  const base = { monitor, token: claim.token, slotAt: claim.slotAt, region: deps.region, state }
  if (monitor.kind === 'heartbeat') return { slot: judgeHeartbeat(deps, claim), suspicion: null, scrape: null }

  let scrape: Scrape | null = null
  const probe = () =>
    probeOnce(deps, claim, (exposition) => {
      scrape = { exposition, at: deps.clock.now() }
    })
  const first = await probe()
  const attempts: ProbeOutcome[] = [first]
  watch.note(monitor.id, first)
  let plan = planRecheck(monitor.confirm, attempts, state.state)
  while (!plan.settled) {
    await deps.clock.sleep(Math.max(0, plan.at - deps.clock.now()))
    attempts.push(await probe())
    plan = planRecheck(monitor.confirm, attempts, state.state)
  }
  const isNewFailure = plan.verdict === 'down' && state.state !== 'down'
  const suspicion = isNewFailure ? await watch.judge() : null
  if (suspicion === null || !suspicion.suspect) {
    return { slot: { ...base, attempts, verdict: plan.verdict, isSlotted: true }, suspicion: null, scrape }
  }
  await deps.clock.sleep(SUSPECT_HOLD_MS)
  const again = await probe()
  attempts.push(again)
  const stored = state.state === 'pending' ? 'up' : state.state
  const verdict = again.verdict === 'down' ? 'down' : stored
  return { slot: { ...base, attempts, verdict, isSlotted: true }, suspicion: suspicion.reason, scrape }
}

async function probeOnce(
  deps: ProbeRunDeps,
  claim: MonitorClaim,
  onExposition: (exposition: Exposition) => void,
): Promise<ProbeOutcome> {
  const { monitor, secretCiphertext } = claim
  const secrets = secretCiphertext === null ? {} : monitorSecretsSchema.parse(deps.secretBox.open(secretCiphertext))
  const request = { target: monitor, secrets, timeoutMs: monitor.timeoutMs }
  return deps.prober.probe(isCollected(claim) ? { ...request, onExposition } : request)
}

function toSubject({ monitor, state }: MonitorClaim): RunSubject {
  const host = 'url' in monitor.config ? new URL(monitor.config.url).host : targetOf(monitor)
  return { monitorId: monitor.id, host, wasDown: state.state === 'down' }
}

function judgeHeartbeat({ clock, region }: ProbeRunDeps, claim: MonitorClaim): SettledSlot {
  const { monitor, state, token } = claim
  const now = clock.now()
  const config = monitor.kind === 'heartbeat' ? monitor.config : null
  if (config === null) throw new Error('judgeHeartbeat needs a heartbeat')
  const judged = evaluateHeartbeat(config, state, now)
  const base = { monitor, token, slotAt: now, region, state, isSlotted: false, nextDueAt: judged.nextDueAt }
  if (judged.verdict === null) return { ...base, attempts: [], verdict: 'up' }
  const isDown = judged.verdict === 'down'
  const outcome: ProbeOutcome = {
    verdict: judged.verdict,
    cause: isDown ? judged.cause : null,
    message: judged.message,
    startedAt: isDown ? judged.since : now,
    durationMs: 0,
    phases: {},
    statusCode: null,
    remoteAddress: null,
    bytes: null,
    failures: [],
    certificate: null,
    bodyExcerpt: null,
  }
  return { ...base, attempts: [outcome], verdict: judged.verdict }
}

/** One incident a project for all of its monitors that failed in a doubted run; a lone one keeps an incident of its own. */
function groupByProject(
  deps: ProbeRunDeps,
  held: readonly Finished[],
  claims: readonly MonitorClaim[],
): (slot: SettledSlot) => MassFailure | null {
  const groups = new Map<string, MassFailure>()
  for (const { slot, suspicion } of held) {
    if (slot.verdict !== 'down') continue
    const { id, projectId, key, name } = slot.monitor
    const group = groups.get(projectId) ?? {
      incidentId: deps.random.uuid(),
      reason: `${suspicion ?? ''}. It looked again after ${SUSPECT_HOLD_MS / 1_000} s and still found them down.`,
      affected: [],
      severity: slot.monitor.severity,
      monitorsTotal: claims.filter(({ monitor }) => monitor.projectId === projectId).length,
    }
    group.affected.push({ id, key, name })
    // The incident is as bad as the worst of what it gathers.
    if (isAtLeast(slot.monitor.severity, group.severity)) group.severity = slot.monitor.severity
    groups.set(projectId, group)
  }
  return (slot) => (slot.verdict === 'down' ? (groups.get(slot.monitor.projectId) ?? null) : null)
}

interface CommitQueue {
  push(slot: SettledSlot): void
  /** Resolves when everything pushed is committed; rejects with the first failure. */
  drain(): Promise<void>
}

function createCommitQueue(deps: ProbeRunDeps, onCommit: (counts: SettleCounts) => void): CommitQueue {
  let waiting: SettledSlot[] = []
  let timer: Promise<void> | null = null
  const commits: Promise<void>[] = []
  const flush = () => {
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    const commit = settleRun(deps, batch).then(onCommit)
    // Awaited in drain; without this a failure before it would count as unhandled and end the process.
    commit.catch(() => undefined)
    commits.push(commit)
  }
  return {
    push(slot) {
      waiting.push(slot)
      if (waiting.length >= FLUSH_SIZE) flush()
      timer ??= deps.clock.sleep(FLUSH_AFTER_MS).then(() => {
        timer = null
        flush()
      })
    },
    async drain() {
      await timer
      flush()
      await Promise.all(commits)
    },
  }
}
