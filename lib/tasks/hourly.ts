import { DAY, HOUR, SECOND } from '../domain/time/instant.ts'
import type { Clock } from '../ports/clock.ts'
import type { FeedbackStore } from '../ports/feedback-store.ts'
import type { Random } from '../ports/random.ts'
import type { PipelineStore } from '../ports/store.ts'
import type { TelemetryStore } from '../ports/telemetry-store.ts'

/** Single results are kept this long, packed after a day: three times what the guides ask of production. Rollups outlive them. */
const PACKED_DAYS = 90
/** What is left to pack after this long waits for the next hour. */
const PACK_FOR_MS = 60 * SECOND

export interface HourlyDeps {
  store: PipelineStore
  telemetry: Pick<TelemetryStore, 'rollUpDaysAndPrune'>
  feedback: Pick<FeedbackStore, 'prune'>
  clock: Clock
  random: Random
}

/** Closes the last hours, adds them up to days, packs yesterday's results, makes the partitions to come and drops the old ones. Repeating it changes nothing. */
export async function hourly({
  store,
  telemetry,
  feedback,
  clock,
  random,
}: HourlyDeps): Promise<Record<string, unknown>> {
  const runId = random.uuid()
  await store.startTask('hourly', runId)
  try {
    const now = clock.now()
    await store.rollupResults(now - 2 * HOUR, now)
    await store.rollupDays(now - DAY, now)
    const packUntil = clock.now() + PACK_FOR_MS
    while ((await store.packResults()).hasMore && clock.now() < packUntil);
    await store.prune(PACKED_DAYS)
    await telemetry.rollUpDaysAndPrune()
    await feedback.prune()
    await store.finishTask('hourly', runId, {}, null)
    return { rolledUp: true }
  } catch (error) {
    await store.finishTask('hourly', runId, {}, String(error)).catch(() => undefined)
    throw error
  }
}
