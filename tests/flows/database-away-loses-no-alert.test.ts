import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import type { PipelineStore } from '../../lib/ports/store.ts'
import type { Pipeline } from '../support/pipeline.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

/** The store, away between two instants: every call fails as a refused connection does. */
function storeAwayBetween(pipeline: Pipeline, from: number, until: number): PipelineStore {
  return new Proxy(pipeline.store, {
    get(target, name) {
      const member = Reflect.get(target, name)
      return async (...args: unknown[]) => {
        const now = pipeline.clock.now()
        if (now >= from && now < until) throw new Error('fetch failed: ECONNREFUSED')
        return (member as (...args: unknown[]) => unknown).apply(target, args)
      }
    },
  })
}

test.each([
  ['as the failure is being confirmed', 2 * SECOND],
  ['when it is committed', 5 * SECOND],
  ['as it is delivered', 5 * SECOND + 155],
])('a database that goes away %s fails the tick loudly, and no alert is lost', async (_when, afterMs) => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  const failsAt = START_AT + 2 * MINUTE
  pipeline.prober.behave('api', (at) => (at >= failsAt ? 'down' : 'up'))
  pipeline.setDeps({ store: storeAwayBetween(pipeline, failsAt + afterMs, failsAt + 5 * MINUTE) })
  await pipeline.runFor(6 * MINUTE)
  expect(pipeline.ticks.filter(({ error }) => error !== null).length).toBeGreaterThanOrEqual(4)
  await pipeline.runFor(4 * MINUTE)
  expect(pipeline.ticks.slice(-3).every(({ summary }) => summary !== null)).toBe(true)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  expect(await pipeline.incidents()).toMatchObject([{ status: 'triggered' }])
})

test('a database that restarts for a second does not even fail the tick', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  const failsAt = START_AT + 2 * MINUTE
  pipeline.prober.behave('api', (at) => (at >= failsAt ? 'down' : 'up'))
  const { store } = pipeline
  let failures = 0
  const flaky: PipelineStore = new Proxy(store, {
    get(target, name) {
      if (name !== 'recordSettlements') return Reflect.get(target, name)
      return async (settlements: Parameters<PipelineStore['recordSettlements']>[0]) => {
        if (pipeline.clock.now() >= failsAt && failures++ === 0) throw new Error('fetch failed: ECONNRESET')
        return store.recordSettlements(settlements)
      }
    },
  })
  pipeline.setDeps({ store: flaky })
  await pipeline.runFor(4 * MINUTE)
  expect(failures).toBeGreaterThan(0)
  expect(pipeline.ticks.map(({ error }) => error).filter(Boolean)).toEqual([])
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
})
