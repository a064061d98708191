import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test.each([0, 1, 3, 5, 6, 9])('a blip of 4 s that begins %i s into a slot never pages', async (offset) => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api', intervalSeconds: 10 })
  const blipAt = START_AT + 90 * SECOND + offset * SECOND
  pipeline.prober.behave('api', (at) => (at >= blipAt && at < blipAt + 4 * SECOND ? 'down' : 'up'))
  await pipeline.runFor(4 * MINUTE)
  expect(pipeline.provider.requests).toEqual([])
  expect(await pipeline.incidents()).toEqual([])
})

test('a blip of 4 s in which the target hangs until the time-out never pages', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api', intervalSeconds: 10, timeoutMs: 4_000 })
  const blipAt = START_AT + 90 * SECOND
  pipeline.prober.behave('api', (at) =>
    at >= blipAt && at < blipAt + 4 * SECOND
      ? { verdict: 'down', cause: 'timeout', message: 'no answer', latencyMs: 4_000 }
      : 'up',
  )
  await pipeline.runFor(4 * MINUTE)
  expect(pipeline.provider.requests).toEqual([])
})
