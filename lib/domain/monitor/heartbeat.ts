import { nextCronAt } from '../time/cron.ts'
import { type Instant, SECOND, toIso } from '../time/instant.ts'
import type { HeartbeatConfig } from './config.ts'
import type { StoredState } from './stored-state.ts'

export type HeartbeatVerdict =
  | { verdict: 'up'; message: string; nextDueAt: Instant }
  | {
      verdict: 'down'
      cause: 'missed_heartbeat' | 'reported_failure'
      message: string
      since: Instant
      nextDueAt: Instant
    }
  /** Never pinged: there is nothing to judge, and nothing to wait for. */
  | { verdict: null; message: string; nextDueAt: null }

type Pings = Pick<StoredState, 'state' | 'sinceAt' | 'lastPingAt' | 'lastStartAt' | 'lastPingKind'>

/**
 * Judges a heartbeat by its pings, with the rules of Healthchecks (hc/api/models.py): down when it said so, when a started job has not
 * ended within its grace, or when `grace` has passed since the next ping was expected. The expected time is the last ping plus the
 * period, or the next time of the cron expression in its own zone. Only a success ends an outage. An absence needs no second look: it lasted a whole grace already.
 */
export function evaluateHeartbeat(config: HeartbeatConfig, pings: Pings, now: Instant): HeartbeatVerdict {
  const { lastPingAt, lastStartAt, lastPingKind } = pings
  if (lastPingAt === null && lastStartAt === null) return { verdict: null, message: 'no ping yet', nextDueAt: null }
  const graceMs = config.graceSeconds * SECOND
  // While it stays down, one result a period keeps the books of uptime.
  const nextLookAt = now + config.periodSeconds * SECOND
  if (lastPingKind === 'fail' && lastPingAt !== null) {
    const message = 'the job reported a failure'
    return { verdict: 'down', cause: 'reported_failure', message, since: lastPingAt, nextDueAt: nextLookAt }
  }
  const startDeadline = lastStartAt === null ? null : lastStartAt + graceMs
  const pingDeadline = lastPingAt === null ? null : expectedAfter(config, lastPingAt) + graceMs
  if (startDeadline !== null && lastStartAt !== null && now >= startDeadline) {
    const message = `the job started at ${toIso(lastStartAt)} and has not ended within its grace of ${config.graceSeconds} s`
    return { verdict: 'down', cause: 'missed_heartbeat', message, since: startDeadline, nextDueAt: nextLookAt }
  }
  // A job that is running now is judged by its start, as Healthchecks does: it may run over the time of its next ping.
  if (pingDeadline !== null && startDeadline === null && now >= pingDeadline) {
    const message = `no ping since ${toIso(lastPingAt ?? now)}: one was expected by ${toIso(pingDeadline)}`
    return { verdict: 'down', cause: 'missed_heartbeat', message, since: pingDeadline, nextDueAt: nextLookAt }
  }
  // Starting again proves nothing yet: what was down stays down until a success arrives.
  if (pings.state === 'down' && startDeadline !== null) {
    const message = 'the job started again and has not ended yet'
    return { verdict: 'down', cause: 'missed_heartbeat', message, since: pings.sinceAt, nextDueAt: startDeadline }
  }
  const deadline = startDeadline ?? pingDeadline ?? nextLookAt
  return { verdict: 'up', message: startDeadline === null ? 'pinged in time' : 'running', nextDueAt: deadline }
}

function expectedAfter(config: HeartbeatConfig, lastPingAt: Instant): Instant {
  const byCron = config.cron === undefined ? null : nextCronAt(config.cron, config.timeZone, lastPingAt)
  return byCron ?? lastPingAt + config.periodSeconds * SECOND
}
