import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

const KEYS = Array.from({ length: 8 }, (_, index) => `site-${index}`)

test('a mass failure that was the prober itself never pages', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  for (const key of KEYS) await pipeline.addMonitor({ key })
  const cutAt = START_AT + 2 * MINUTE
  // Long enough to be confirmed, over before the second look.
  for (const key of KEYS) {
    pipeline.prober.behave(key, (at) =>
      at >= cutAt && at < cutAt + 12 * SECOND
        ? { verdict: 'down', cause: 'tcp', message: 'network unreachable' }
        : 'up',
    )
  }
  await pipeline.runFor(6 * MINUTE)
  expect(pipeline.provider.requests).toEqual([])
  expect(await pipeline.incidents()).toEqual([])
  const states = await pipeline.sql`select distinct state from public.monitor_states`
  expect(states).toEqual([{ state: 'up' }])
})

test('a mass failure in which slow targets time out after the quick ones failed is doubted as well', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  for (const key of KEYS) await pipeline.addMonitor({ key, timeoutMs: 10_000 })
  const cutAt = START_AT + 2 * MINUTE
  for (const [index, key] of KEYS.entries()) {
    const latencyMs = index < 3 ? 5 : 10_000
    pipeline.prober.behave(key, (at) =>
      at >= cutAt && at < cutAt + 12 * SECOND ? { verdict: 'down', cause: 'tcp', message: 'cut off', latencyMs } : 'up',
    )
  }
  await pipeline.runFor(6 * MINUTE)
  expect(pipeline.provider.requests).toEqual([])
})
