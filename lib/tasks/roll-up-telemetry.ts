import type { Instant } from '../domain/time/instant.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { TelemetryStore } from '../ports/telemetry-store.ts'

export interface RollUpTelemetryDeps {
  telemetry: Pick<TelemetryStore, 'rollUp'>
  clock: Clock
  log: Log
}

/**
 * Rolls up what applications sent in, a share at a time, until nothing is left or until `deadlineAt`; the rest waits for the next run.
 * Never rejects: whatever is wrong with somebody's metrics must not stop the watching.
 */
export async function rollUpTelemetry(
  { telemetry, clock, log }: RollUpTelemetryDeps,
  deadlineAt: Instant,
): Promise<void> {
  try {
    while ((await telemetry.rollUp()).hasMore && clock.now() < deadlineAt);
  } catch (error) {
    log.error('telemetry.not_rolled_up', { error: String(error) })
  }
}
