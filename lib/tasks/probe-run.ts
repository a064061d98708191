import { evaluateHeartbeat } from '../domain/monitor/heartbeat.ts'
import { targetOf } from '../domain/monitor/monitor.ts'
import { isAtLeast } from '../domain/monitor/severity.ts'
import type { MassFailure } from '../domain/notification/decision-context.ts'
import type { SettledSlot } from '../domain/notification/settle.ts'
import { type Attempt, planRecheck } from '../domain/probe/confirm.ts'
import type { ProbeOutcome, RegionSighting, Verdict } from '../domain/probe/outcome.ts'
import { SUSPECT_HOLD_MS } from '../domain/probe/suspicion.ts'
import type { RegionProber } from '../ports/region-prober.ts'
import type { MonitorClaim } from '../ports/store.ts'
import { probeRound, type Round, type RoundDeps } from './probe-round.ts'
import { createRegionBatches, type RegionBatches } from './region-batches.ts'
import { createRunWatch, type RunSubject, type RunWatch } from './run-watch.ts'
import { type SettleCounts, type SettleDeps, settleRun } from './settle-run.ts'
import { createScrapeQueue, type Scrape, type StoreScrapeDeps } from './store-scrape.ts'

export interface ProbeRunDeps extends SettleDeps, StoreScrapeDeps, RoundDeps {
  regions: RegionProber
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
  const batches = createRegionBatches(deps)
  const held: Finished[] = []
  await Promise.all(
    claims.map(async (claim) => {
      const finished = await runSlot(deps, batches, claim, watch).catch((error: unknown) => {
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

async function runSlot(
  deps: ProbeRunDeps,
  batches: RegionBatches,
  claim: MonitorClaim,
  watch: RunWatch,
): Promise<Finished> {
  const { monitor, state } = claim
  if (monitor.kind === 'heartbeat') return { slot: judgeHeartbeat(deps, claim), suspicion: null, scrape: null }

  let scrape: Scrape | null = null
  const look = () =>
    probeRound(deps, batches, claim, (exposition) => {
      scrape = { exposition, at: deps.clock.now() }
    })
  const seen = await lookUntilSettled(deps, claim, look, watch)
  if ('unknown' in seen) return { slot: passOver(deps, claim, seen.unknown), suspicion: null, scrape }
  const { outcomes: attempts, verdict } = seen
  const settle = (settled: Verdict) => slotOf(deps, claim, attempts, settled)
  const isNewFailure = verdict === 'down' && state.state !== 'down'
  const doubt = isNewFailure ? await findDoubt(deps, claim, watch) : null
  if (doubt === null) return { slot: settle(verdict), suspicion: null, scrape }
  await deps.clock.sleep(SUSPECT_HOLD_MS)
  const again = await look()
  if (again.isUnknown) return { slot: passOver(deps, claim, again.regions), suspicion: null, scrape }
  attempts.push(again.outcome)
  if (again.outcome.verdict !== 'down') return { slot: settle(storedVerdict(claim)), suspicion: doubt, scrape }
  const cutOff = await findCutOff(deps, claim)
  if (cutOff !== null) return { slot: passOver(deps, claim, [cutOff]), suspicion: null, scrape }
  return { slot: settle('down'), suspicion: doubt, scrape }
}

/** Rounds until they agree on a verdict, or until one of them cannot tell. */
async function lookUntilSettled(
  deps: ProbeRunDeps,
  { monitor, state }: MonitorClaim,
  look: () => Promise<Round>,
  watch: RunWatch,
): Promise<{ outcomes: ProbeOutcome[]; verdict: Verdict } | { unknown: readonly RegionSighting[] }> {
  const outcomes: ProbeOutcome[] = []
  const attempts: Attempt[] = []
  for (;;) {
    const round = await look()
    if (round.isUnknown) {
      watch.forget(monitor.id)
      return { unknown: round.regions }
    }
    if (outcomes.length === 0) watch.note(monitor.id, round.outcome)
    outcomes.push(round.outcome)
    attempts.push(round.attempt)
    const plan = planRecheck(monitor.confirm, attempts, state.state)
    if (plan.settled) return { outcomes, verdict: plan.verdict }
    await deps.clock.sleep(Math.max(0, plan.at - deps.clock.now()))
  }
}

/** Why a new failure is not believed yet: most of the run failed, or this place is cut off. */
async function findDoubt(deps: ProbeRunDeps, claim: MonitorClaim, watch: RunWatch): Promise<string | null> {
  const suspicion = await watch.judge()
  if (suspicion.suspect) return suspicion.reason
  return (await findCutOff(deps, claim))?.message ?? null
}

/** Where other regions agree, each has been asked about its own control targets already. */
async function findCutOff(deps: ProbeRunDeps, { monitor }: MonitorClaim): Promise<RegionSighting | null> {
  const message = monitor.regions.length === 0 ? await deps.controls.findDoubt() : null
  return message === null ? null : { region: deps.region, verdict: 'unknown', cause: null, latencyMs: null, message }
}

function slotOf(
  { region }: ProbeRunDeps,
  { monitor, token, slotAt, state }: MonitorClaim,
  attempts: readonly ProbeOutcome[],
  verdict: Verdict,
): SettledSlot {
  return { monitor, token, slotAt, region, state, attempts, verdict, isSlotted: true }
}

/** A slot of which nobody could tell: never a reason to page, and none to call it well. */
function passOver(deps: ProbeRunDeps, claim: MonitorClaim, regions: readonly RegionSighting[]): SettledSlot {
  const { key, id } = claim.monitor
  const reasons = regions.flatMap(({ verdict, message }) => (verdict === 'unknown' ? [message] : []))
  deps.log.warn('probe.unknown', { monitor: key, monitorId: id, reasons })
  return { ...slotOf(deps, claim, [], storedVerdict(claim)), unknown: { regions } }
}

function storedVerdict({ state }: MonitorClaim): Verdict {
  return state.state === 'pending' ? 'up' : state.state
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
