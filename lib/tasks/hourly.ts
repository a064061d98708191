import { DAY, HOUR } from '../domain/time/instant.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { PipelineStore } from '../ports/store.ts'
import type { TelemetryStore } from '../ports/telemetry-store.ts'

/** Raw results are kept this long in production, as the guides ask; rollups outlive them. */
const RAW_DAYS = 30

export interface HourlyDeps {
  store: PipelineStore
  telemetry: Pick<TelemetryStore, 'rollUpDaysAndPrune'>
  clock: Clock
  random: Random
}

/** Closes the last hours, adds them up to days, makes the partitions to come and drops the old ones. Repeating it changes nothing. */
export async function hourly({ store, telemetry, clock, random }: HourlyDeps): Promise<Record<string, unknown>> {
  const runId = random.uuid()
  await store.startTask('hourly', runId)
  try {
    const now = clock.now()
    await store.rollupResults(now - 2 * HOUR, now)
    await store.rollupDays(now - DAY, now)
    await store.prune(RAW_DAYS)
    await telemetry.rollUpDaysAndPrune()
    await store.finishTask('hourly', runId, {}, null)
    return { rolledUp: true }
  } catch (error) {
    await store.finishTask('hourly', runId, {}, String(error)).catch(() => undefined)
    throw error
  }
}
