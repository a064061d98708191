import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { tick } from '../../lib/tasks/tick.ts'
import { createKillable } from '../support/killable.ts'
import { pipelineSupport } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test('a monitor whose worker was killed is probed again within 20 s, however long its own time-out is', async () => {
  const pipeline = await start()
  await pipeline.addMonitor({ key: 'api', intervalSeconds: 10, timeoutMs: 30_000 })
  const worker = createKillable(pipeline.deps())
  pipeline.setDeps(worker.deps)
  await pipeline.runFor(20)
  worker.kill()
  pipeline.setDeps({})
  const killedAt = pipeline.clock.now()
  expect(await pipeline.sql`select from public.monitor_states where leased_until is not null`).toHaveLength(1)
  const before = pipeline.prober.probes.length
  // Another instance is at work already, as when two schedulers are set up.
  await pipeline.runTick()
  const next = pipeline.prober.probes[before]
  expect((next?.at ?? Number.POSITIVE_INFINITY) - killedAt).toBeLessThanOrEqual(20 * SECOND)
})

test('a probe that takes longer than a lease is not begun a second time by another worker, and its verdict counts', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'slow', timeoutMs: 50_000 })
  pipeline.prober.behave('slow', { verdict: 'down', cause: 'timeout', latencyMs: 50_000 })
  const { clock, deps } = pipeline
  await clock.runUntilSettled(Promise.all([tick(deps()), tick(deps())]))
  const [first, second, ...more] = pipeline.prober.probes
  // Two attempts of 50 s one after the other, by one worker; the other one kept its hands off.
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(50 * SECOND)
  expect(more).toEqual([])
  expect(await pipeline.stateOf('slow')).toBe('down')
  await pipeline.runFor(MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
})

test('many slow probes are kept by one statement every five seconds', async () => {
  const pipeline = await start()
  for (let n = 0; n < 20; n += 1) await pipeline.addMonitor({ key: `slow-${n}`, timeoutMs: 30_000 })
  for (let n = 0; n < 20; n += 1)
    pipeline.prober.behave(`slow-${n}`, { verdict: 'down', cause: 'timeout', latencyMs: 30_000 })
  let renewals = 0
  const store = new Proxy(pipeline.store, {
    get(target, name) {
      if (name === 'renewLeases') renewals += 1
      return Reflect.get(target, name)
    },
  })
  const startedAt = pipeline.clock.now()
  await pipeline.runTick({ store })
  const lastedMs = pipeline.clock.now() - startedAt
  expect(renewals).toBeGreaterThan(0)
  expect(renewals).toBeLessThanOrEqual(lastedMs / (5 * SECOND))
})
