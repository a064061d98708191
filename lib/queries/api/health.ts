import { type Instant, MINUTE, toIso } from '../../domain/time/instant.ts'
import type { HealthFacts, HealthStore } from '../../ports/health-store.ts'

/** Five missed ticks: one late scheduler run is no news, five are an outage of the watcher. */
const STALLED_AFTER_MS = 5 * MINUTE

/** Health in the shape that our own monitors understand: a status, and a word for each check. */
export interface HealthReport {
  httpStatus: 200 | 503
  body: {
    status: 'healthy' | 'degraded' | 'unhealthy'
    timestamp: string
    version: string
    checks: {
      database: 'ok' | 'unavailable'
      scheduler: 'ok' | 'starting' | 'stalled' | 'unknown'
      outbox: 'ok' | 'warning' | 'unknown'
      providers: Record<string, 'configured' | 'local outbox'>
    }
  }
}

interface HealthDeps {
  store: HealthStore
  /** Which providers have a key; messages for the others stay in the local outbox. */
  providers: Record<string, boolean>
  version: string
}

/**
 * How the watcher is. Without a database and without ticks nothing is watched: unhealthy, 503. Messages that wait or were given up are
 * degraded, and still 200: everything else works. Says words and no numbers, because anybody may ask.
 */
export async function readHealth({ store, providers, version }: HealthDeps, now: Instant): Promise<HealthReport> {
  const facts = await store.readHealth().catch(() => null)
  const database = facts === null ? 'unavailable' : 'ok'
  const scheduler = facts === null ? 'unknown' : judgeScheduler(facts)
  const outbox = facts === null ? 'unknown' : facts.hasBacklog || facts.hasDeadLetters ? 'warning' : 'ok'
  const isUnhealthy = facts === null || scheduler === 'stalled'
  const words = Object.entries(providers).map(([name, isSet]) => [name, isSet ? 'configured' : 'local outbox'] as const)
  return {
    httpStatus: isUnhealthy ? 503 : 200,
    body: {
      status: isUnhealthy ? 'unhealthy' : outbox === 'warning' ? 'degraded' : 'healthy',
      timestamp: toIso(now),
      version,
      checks: { database, scheduler, outbox, providers: Object.fromEntries(words) },
    },
  }
}

function judgeScheduler(facts: HealthFacts): 'ok' | 'starting' | 'stalled' {
  const { now, tickSucceededAt, tickStartedAt, hasTickFailed, firstMonitorAt } = facts
  if (tickSucceededAt !== null) return now - tickSucceededAt > STALLED_AFTER_MS ? 'stalled' : 'ok'
  // Before the first good tick: it has as long as a late one, from when there was something to watch.
  const since = hasTickFailed ? firstMonitorAt : (tickStartedAt ?? firstMonitorAt)
  return since !== null && now - since > STALLED_AFTER_MS ? 'stalled' : 'starting'
}
