import { expect, test } from 'vitest'
import { createFeedbackStore } from '../../lib/adapters/supabase/feedback-store.ts'
import { createTelemetryStore } from '../../lib/adapters/supabase/telemetry-store.ts'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { hourly } from '../../lib/tasks/hourly.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test('slots that nobody probed are unknown: neither up nor down, and coverage tells of them', async () => {
  const pipeline = await start()
  await pipeline.addMonitor({ key: 'api' })
  await pipeline.runFor(10 * MINUTE)
  // The machine sleeps through five slots: 9:10 to 9:14.
  await pipeline.sleepFor(5 * MINUTE)
  await pipeline.runFor(10 * MINUTE)
  const gaps = await pipeline.sql`select from_at, until_at from public.probe_gaps`
  expect(gaps).toEqual([{ from_at: new Date(START_AT + 10 * MINUTE), until_at: new Date(START_AT + 15 * MINUTE) }])
  const rollups =
    await pipeline.sql`select up, degraded, down, unknown from public.probe_rollups where resolution = 'hour'`
  expect(rollups).toEqual([{ up: 20, degraded: 0, down: 0, unknown: 5 }])
})

test('hours that went by with nobody watching are counted as unknown as soon as somebody watches again', async () => {
  const pipeline = await start()
  await pipeline.addMonitor({ key: 'api' })
  await pipeline.runFor(30 * MINUTE)
  await pipeline.sleepFor(30 * 60 * MINUTE)
  await pipeline.runFor(5 * MINUTE)
  const hours = await pipeline.sql<{ up: number; unknown: number }[]>`
    select up, unknown from public.probe_rollups where resolution = 'hour' order by bucket_at`
  expect(hours[0]).toEqual({ up: 30, unknown: 30 })
  expect(hours.slice(1, 30)).toEqual(Array.from({ length: 29 }, () => ({ up: 0, unknown: 60 })))
  expect(hours.at(-1)).toEqual({ up: 5, unknown: 30 })
  const telemetry = pipeline.clock.track(createTelemetryStore(pipeline.stack.service as never))
  const feedback = pipeline.clock.track(createFeedbackStore(pipeline.stack.service as never))
  await pipeline.clock.runUntilSettled(hourly({ ...pipeline.deps(), telemetry, feedback }))
  const again = await pipeline.sql`
    select up, unknown from public.probe_rollups where resolution = 'hour' order by bucket_at`
  expect(again).toEqual(hours)
  const days =
    await pipeline.sql`select up, unknown from public.probe_rollups where resolution = 'day' order by bucket_at`
  expect(days).toEqual([
    { up: 30, unknown: 14 * 60 + 30 },
    { up: 5, unknown: 15 * 60 + 30 },
  ])
})

test('the result of a once-a-day monitor is counted in the hour of its slot', async () => {
  const pipeline = await start()
  await pipeline.addMonitor({ key: 'daily', intervalSeconds: 86_400 })
  await pipeline.runFor(2 * MINUTE)
  const rollups = await pipeline.sql`select bucket_at, up from public.probe_rollups where resolution = 'hour'`
  expect(rollups).toEqual([{ bucket_at: new Date('2026-11-23T00:00:00Z'), up: 1 }])
})
