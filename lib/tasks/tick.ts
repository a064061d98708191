import { type Instant, MINUTE, SECOND } from '../domain/time/instant.ts'
import type { TelemetryStore } from '../ports/telemetry-store.ts'
import { type DeliverDeps, deliver } from './deliver.ts'
import { createLeases, type Leases } from './leases.ts'
import { type ProbeRunDeps, probeRun } from './probe-run.ts'
import { type RollUpTelemetryDeps, rollUpTelemetry } from './roll-up-telemetry.ts'
import { createWork, type Work } from './work.ts'

export interface TickDeps extends ProbeRunDeps, DeliverDeps, RollUpTelemetryDeps {
  telemetry: Pick<TelemetryStore, 'storeBatch' | 'rollUp'>
  sendDueReports: () => Promise<number>
  /** Looks into the databases that are due. Never rejects. */
  collectDatabases: () => Promise<unknown>
  /** Runs the queries of KPIs and answers how many digests it put into the outbox; bounded, and never rejects. */
  watchKpis: (deadlineAt: Instant) => Promise<number>
  /** Evaluates the alert rules that are due. Never rejects. */
  evaluateRules: () => Promise<{ changed: number; nextDueAt: Instant | null }>
  /** Tells the outside that a whole tick went well; null when no address is configured. */
  pingDeadman: (() => Promise<boolean>) | null
}

export interface TickSummary extends Record<string, unknown> {
  probed: number
  stale: number
  changed: number
  delivered: number
  failedDeliveries: number
  reports: number
  deadman: 'pinged' | 'failed' | 'off'
}

/**
 * A tick covers the minute until the next one: monitors of 10 s and 30 s are probed in it several times under a scheduler that fires
 * once a minute. It ends early when nothing more is due within that minute.
 */
const TICK_SPAN_MS = MINUTE
/** More than one tick can take at once is claimed in turns; other instances claim beside it. */
const CLAIM_BATCH = 500
/** While probes are under way their next due time is not known yet, so the loop looks again after this long. */
const POLL_MS = 500
/** Figures of the current hour are refreshed this often, and at the end of each tick. */
const ROLLUP_EVERY_MS = 20 * SECOND
/** What is left of the telemetry after the minute gets this long; the next tick goes on with it. */
const LAST_ROLLUP_MS = 10 * SECOND

/**
 * The machine's minute: probe what is due, decide, deliver, refresh figures. Safe to run twice, late, overlapping or not at all for a
 * while: every step works on leased rows. Throws when the database is away, so that the scheduler sees the tick fail.
 * When `signal` aborts (a deployment, a laptop that shuts down) it claims nothing more, finishes what it holds and ends.
 */
export async function tick(deps: TickDeps, { signal }: { signal?: AbortSignal } = {}): Promise<TickSummary> {
  const { store, random } = deps
  const runId = random.uuid()
  await store.startTask('tick', runId)
  const collecting = deps.collectDatabases()
  const summary: TickSummary = {
    probed: 0,
    stale: 0,
    changed: 0,
    delivered: 0,
    failedDeliveries: 0,
    reports: 0,
    deadman: 'off',
  }
  try {
    await runMinute(deps, summary, signal)
    summary.reports = await deps.sendDueReports()
    if (deps.pingDeadman !== null) summary.deadman = (await deps.pingDeadman()) ? 'pinged' : 'failed'
    await store.finishTask('tick', runId, summary, null)
    return summary
  } catch (error) {
    // The database may be what failed; then this throws too, and the first error is the one worth reporting.
    await store.finishTask('tick', runId, summary, String(error)).catch(() => undefined)
    throw error
  } finally {
    // Beside everything else, and waited for when all of that is told: a database may take half a minute to say nothing.
    await collecting
  }
}

async function runMinute(deps: TickDeps, summary: TickSummary, signal?: AbortSignal): Promise<void> {
  const { clock } = deps
  const startedAt = clock.now()
  const work = createWork()
  const leases = createLeases(deps)
  try {
    await watchMinute(deps, summary, { work, leases }, startedAt, signal)
    await finish(deps, { work, leases })
  } finally {
    // Also when the loop failed: what is leased is brought to its end, or it would have to wait until its lease runs out.
    await work.drain()
  }
  work.throwIfFailed()
  await deps.store.rollupResults(startedAt, clock.now())
  await rollUpTelemetry(deps, clock.now() + LAST_ROLLUP_MS)
}

async function watchMinute(
  deps: TickDeps,
  summary: TickSummary,
  { work, leases }: { work: Work; leases: Leases },
  startedAt: Instant,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { store, clock } = deps
  const endAt = startedAt + TICK_SPAN_MS
  const outbox = createOutboxLoop(deps, summary, work)
  const telemetry = createTelemetryLoop(deps, work, endAt)
  const rules = createRulesLoop(deps, work, outbox.wake)
  const aborted = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
  let rolledUpAt = startedAt
  outbox.wake()
  rules.wake()
  // Beside the probes, which must not wait for other people's databases.
  work.add(deps.watchKpis(endAt).then((queued) => (queued > 0 ? outbox.wake() : undefined)))
  while (!signal?.aborted) {
    const { claims, nextDueAt } = await store.claimDueMonitors(CLAIM_BATCH)
    if (claims.length > 0) {
      leases.hold(claims)
      work.add(
        probeRun(deps, claims, outbox.wake)
          .then((counts) => {
            summary.probed += counts.recorded
            summary.stale += counts.stale
            summary.changed += counts.changed
          })
          .finally(() => leases.letGo(claims)),
      )
    }
    await leases.renewWhenDue()
    work.throwIfFailed()
    if (claims.length === CLAIM_BATCH) continue
    const now = clock.now()
    if (outbox.nextAttemptAt !== null && outbox.nextAttemptAt <= now) outbox.wake()
    if (rules.nextDueAt !== null && rules.nextDueAt <= now) rules.wake()
    const wakeAt = earliest(earliest(nextDueAt, outbox.nextAttemptAt), rules.nextDueAt)
    if (now >= endAt || (work.size === 0 && (wakeAt === null || wakeAt >= endAt))) break
    if (now - rolledUpAt >= ROLLUP_EVERY_MS) {
      rolledUpAt = now
      await store.rollupResults(startedAt, now)
      telemetry.wake()
    }
    const untilDue = Math.max(0, Math.min(wakeAt ?? endAt, endAt) - now)
    await Promise.race([clock.sleep(work.size > 0 ? Math.min(untilDue, POLL_MS) || POLL_MS : untilDue), aborted])
  }
}

/** Nothing more is claimed; what is under way is waited for, and kept. */
async function finish({ clock }: TickDeps, { work, leases }: { work: Work; leases: Leases }): Promise<void> {
  while (work.size > 0) {
    await Promise.race([work.drain(), clock.sleep(POLL_MS)])
    await leases.renewWhenDue()
  }
}

function earliest(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other
  return Math.min(one, other)
}

/** Beside the probes, which must not wait for it; one at a time. */
function createTelemetryLoop(deps: TickDeps, work: Work, deadlineAt: Instant) {
  let isRunning = false
  return {
    wake() {
      if (isRunning) return
      isRunning = true
      work.add(
        rollUpTelemetry(deps, deadlineAt).finally(() => {
          isRunning = false
        }),
      )
    },
  }
}

/** Rules are due once a minute, twenty seconds after it began; one evaluation at a time. */
function createRulesLoop(deps: TickDeps, work: Work, tellOutbox: () => void) {
  let isRunning = false
  const loop = {
    nextDueAt: null as Instant | null,
    wake() {
      if (isRunning) return
      isRunning = true
      // Not due again while it runs: the loop of the tick would only ask the same question.
      loop.nextDueAt = null
      work.add(
        deps
          .evaluateRules()
          .then(({ changed, nextDueAt }) => {
            loop.nextDueAt = nextDueAt
            if (changed > 0) tellOutbox()
          })
          .finally(() => {
            isRunning = false
          }),
      )
    },
  }
  return loop
}

/** One delivery pass at a time in a tick; a wake during a pass starts another one after it. */
function createOutboxLoop(deps: TickDeps, summary: TickSummary, work: Work) {
  let isRunning = false
  let isWanted = false
  const loop = {
    nextAttemptAt: null as Instant | null,
    wake() {
      isWanted = true
      if (isRunning) return
      isRunning = true
      work.add(
        pass().finally(() => {
          isRunning = false
        }),
      )
    },
  }
  async function pass() {
    while (isWanted) {
      isWanted = false
      const counts = await deliver(deps)
      summary.delivered += counts.delivered
      summary.failedDeliveries += counts.failed
      loop.nextAttemptAt = counts.nextAttemptAt
    }
  }
  return loop
}
