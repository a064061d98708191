import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test('two overlapping ticks probe each slot once and page once', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  await pipeline.addMonitor({ key: 'shop', intervalSeconds: 10 })
  pipeline.prober.behave('api', 'down')
  for (let minute = 0; minute < 3; minute++) {
    await Promise.all([pipeline.runTick(), pipeline.runTick(), pipeline.runTick()])
    await pipeline.sleepFor(START_AT + (minute + 1) * MINUTE - pipeline.clock.now())
  }
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  expect(pipeline.provider.requests).toHaveLength(1)
  const slots = await pipeline.sql`
    select key, count(*)::int as n from public.probe_results join public.monitors on monitors.id = monitor_id group by key order by key`
  expect(slots).toEqual([
    { key: 'api', n: 3 },
    { key: 'shop', n: 18 },
  ])
  // Each slot of a healthy target costs one probe, whoever takes it.
  expect(pipeline.prober.probes.filter(({ key }) => key === 'shop')).toHaveLength(18)
})

test('a tick that starts in the middle of another one takes over where that one ends', async () => {
  const pipeline = await start()
  await pipeline.addMonitor({ key: 'api', intervalSeconds: 10, timeoutMs: 5_000 })
  const first = pipeline.runTick()
  await pipeline.sleepFor(42_000)
  const second = pipeline.runTick()
  await Promise.all([first, second])
  const slots = await pipeline.sql<{ slot_at: Date }[]>`select slot_at from public.probe_results order by slot_at`
  const seconds = slots.map((slot) => (slot.slot_at.getTime() - START_AT) / 1_000)
  expect(seconds.slice(0, 11)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
})
