import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'
import { AWAY } from '../support/recording-provider.ts'

const { start } = await pipelineSupport()

test('a resolve that its receiver did not take is sent later, once', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  pipeline.prober.behave('api', (at) => (at < START_AT + 2 * MINUTE ? 'down' : 'up'))
  pipeline.provider.answer('ops', ({ kind, at }) =>
    kind === 'incident.resolved' && at < START_AT + 40 * MINUTE ? AWAY : null,
  )
  await pipeline.runFor(30 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  await pipeline.runFor(20 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
  const resolves = pipeline.provider.requests.filter(({ kind }) => kind === 'incident.resolved')
  expect(resolves.length).toBeGreaterThan(5)
  // Every repetition carries the same id and the same facts.
  expect(new Set(resolves.map(({ id }) => id)).size).toBe(1)
  expect(new Set(resolves.map(({ data }) => JSON.stringify(data))).size).toBe(1)
})
