import type { Cause, Verdict } from './outcome.ts'

/** With fewer hosts, failing together is no surprise: two services on one cluster do so on any bad day. */
export const SUSPECT_MIN_HOSTS = 4
/** Unrelated hosts rarely fail in the same run; when most do, what they have in common is the prober. */
export const SUSPECT_SHARE = 0.6
/** How long a suspect run is held before the failing targets are probed again: longer than a network flap, shorter than a tick. */
export const SUSPECT_HOLD_MS = 10_000

/** A monitor's first attempt in a run. */
export interface RunAttempt {
  host: string
  verdict: Verdict
  cause: Cause | null
  /** The stored state before this run: a host that was down already says nothing about the prober. */
  wasDown: boolean
}

export interface Suspicion {
  suspect: boolean
  failedHosts: number
  /** Hosts that can tell: probed in this run and not known to be down. */
  totalHosts: number
  reason: string
}

/**
 * Doubts the prober before the targets. A host counts as failed when every attempt at it failed, since one answer proves that
 * the way there works; degraded is an answer. Hosts that were down and still are leave both sides of the share.
 */
export function evaluateSuspicion(attempts: readonly RunAttempt[]): Suspicion {
  const reached = new Map<string, boolean>()
  const causes = new Map<Cause, number>()
  for (const { host, verdict, cause, wasDown } of attempts) {
    const failed = verdict === 'down'
    if (failed && wasDown) continue
    reached.set(host, (reached.get(host) ?? false) || !failed)
    if (failed && cause !== null) causes.set(cause, (causes.get(cause) ?? 0) + 1)
  }
  const totalHosts = reached.size
  const failedHosts = [...reached.values()].filter((answered) => !answered).length
  const suspect = totalHosts >= SUSPECT_MIN_HOSTS && failedHosts / totalHosts >= SUSPECT_SHARE
  return { suspect, failedHosts, totalHosts, reason: explain(suspect, failedHosts, totalHosts, causes) }
}

function explain(suspect: boolean, failed: number, total: number, causes: ReadonlyMap<Cause, number>): string {
  const share = `${failed} of ${total} hosts failed in the same run`
  if (!suspect) return share
  const [top] = [...causes].sort((a, b) => b[1] - a[1])
  const mostly = top === undefined ? '' : ` (mostly ${top[0]})`
  return `${share}${mostly}: the prober itself may be cut off, so it looks again before it pages`
}
