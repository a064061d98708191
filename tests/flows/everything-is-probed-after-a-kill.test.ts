import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { createKillable } from '../support/killable.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test('after a kill every due monitor is probed within one interval, however many there are', async () => {
  const pipeline = await start()
  for (let index = 0; index < 300; index++) await pipeline.addMonitor({ key: `site-${index}` })
  await pipeline.runFor(2 * MINUTE)
  const worker = createKillable(pipeline.deps())
  pipeline.setDeps(worker.deps)
  await pipeline.runFor(20)
  worker.kill()
  pipeline.setDeps({})
  // Everything is leased by a worker that is gone, and on this platform only time tells.
  expect(await pipeline.sql`select from public.monitor_states where leased_until is not null`).toHaveLength(300)
  const killedAt = pipeline.clock.now()
  await pipeline.runFor(2 * MINUTE)
  const after = pipeline.prober.probes.filter(({ at }) => at > killedAt)
  expect(new Set(after.map(({ key }) => key)).size).toBe(300)
  const firstRound = after.slice(0, 300)
  expect(new Set(firstRound.map(({ key }) => key)).size).toBe(300)
  expect((firstRound.at(-1)?.at ?? 0) - killedAt).toBeLessThanOrEqual(MINUTE)
})

test('a stack that knows itself alone frees the leases of its killed predecessor at once', async () => {
  const pipeline = await start()
  for (let index = 0; index < 50; index++) await pipeline.addMonitor({ key: `site-${index}`, timeoutMs: 60_000 })
  const worker = createKillable(pipeline.deps())
  pipeline.setDeps(worker.deps)
  await pipeline.runFor(20)
  worker.kill()
  pipeline.setDeps({})
  const killedAt = pipeline.clock.now()
  await pipeline.sql`select public.release_leases()`
  await pipeline.sleepFor(START_AT + MINUTE - killedAt)
  await pipeline.runFor(SECOND)
  const after = pipeline.prober.probes.filter(({ at }) => at > killedAt)
  expect(new Set(after.map(({ key }) => key)).size).toBe(50)
})
