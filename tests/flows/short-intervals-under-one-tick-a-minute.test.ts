import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test.each([
  [10, 6],
  [30, 2],
  [60, 1],
])('a monitor of %i s is probed %i times under one tick a minute', async (intervalSeconds, times) => {
  const pipeline = await start()
  await pipeline.addMonitor({ key: 'api', intervalSeconds })
  await pipeline.runFor(5 * MINUTE)
  expect(pipeline.prober.probes).toHaveLength(5 * times)
  const slots = await pipeline.sql<{ slot_at: Date }[]>`select slot_at from public.probe_results order by slot_at`
  expect(slots.map((slot) => slot.slot_at.getTime())).toEqual(
    Array.from({ length: 5 * times }, (_, index) => START_AT + index * intervalSeconds * 1_000),
  )
})
