import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test('a failing monitor pages the channel once', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  pipeline.prober.behave('api', (at) => (at >= START_AT + 2 * MINUTE ? 'down' : 'up'))
  await pipeline.runFor(20 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  expect(pipeline.provider.requests).toHaveLength(1)
  expect(await pipeline.incidents()).toMatchObject([{ number: 1, status: 'triggered', title: 'api is down' }])
  expect(pipeline.provider.received[0]).toMatchObject({ monitor: 'api', incidentNumber: 1, reason: 'answered 503' })
  expect(pipeline.provider.received[0]?.at).toBeLessThan(START_AT + 2 * MINUTE + 6 * SECOND)
  expect(pipeline.ticks.map(({ error }) => error).filter(Boolean)).toEqual([])
})
