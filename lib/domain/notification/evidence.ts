import type { ProbeOutcome } from '../probe/outcome.ts'
import { toIso } from '../time/instant.ts'
import type { Evidence } from './message.ts'

/** The attempts that decided, as messages and timelines carry them. */
export function toEvidence(attempts: readonly ProbeOutcome[]): Evidence[] {
  return attempts.map((attempt) => ({
    at: toIso(attempt.startedAt),
    verdict: attempt.verdict,
    cause: attempt.cause,
    message: attempt.message,
    statusCode: attempt.statusCode,
    latencyMs: Math.round(attempt.durationMs * 10) / 10,
    failures: attempt.failures.map(({ subject, expected, got }) => ({ subject, expected, got })),
    ...(attempt.regions === undefined
      ? {}
      : {
          regions: attempt.regions.map(({ region, verdict, cause, latencyMs }) => ({
            region,
            verdict,
            cause,
            latencyMs,
          })),
        }),
  }))
}
