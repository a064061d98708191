import type { RateLimit, RateLimiter } from '../ports/rate-limiter.ts'
import type { PipelineStore } from '../ports/store.ts'
import { type ProbeRunDeps, probeRun } from './probe-run.ts'

export interface Ping {
  address: { id: string } | { pingKey: string; key: string }
  kind: 'success' | 'start' | 'fail' | 'log'
  exitCode: number | null
  runId: string | null
  bodyExcerpt: string | null
}

/** Of one heartbeat. Healthchecks takes 5 a minute; a job that runs every few seconds and says start and end needs more. */
const PING_LIMIT: RateLimit = { capacity: 60, windowSeconds: 60 }

export type PingReceipt = { kind: 'taken' } | { kind: 'unknown' } | { kind: 'too_many'; retryAfterSeconds: number }

/**
 * Notes a heartbeat's ping and judges it at once, so that a reported failure pages without waiting for the next tick. When another
 * worker holds the heartbeat the ping has taken its lease away, and the next tick judges it.
 */
export async function receivePing(
  deps: ProbeRunDeps & { store: PipelineStore; limiter: RateLimiter },
  ping: Ping,
): Promise<PingReceipt> {
  const monitorId = await deps.store.findHeartbeat(ping.address)
  if (monitorId === null) return { kind: 'unknown' }
  const verdict = await deps.limiter.take(`ping:${monitorId}`, PING_LIMIT)
  if (!verdict.allowed) return { kind: 'too_many', retryAfterSeconds: verdict.retryAfterSeconds }
  const { kind, exitCode, runId, bodyExcerpt } = ping
  const isKept = await deps.store.recordHeartbeatPing({ monitorId, kind, exitCode, runId, bodyExcerpt })
  if (!isKept) return { kind: 'unknown' }
  if (kind === 'log') return { kind: 'taken' }
  const { claims } = await deps.store.claimDueMonitors(1, monitorId)
  await probeRun(deps, claims, () => undefined)
  return { kind: 'taken' }
}
