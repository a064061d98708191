import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'
import { AWAY } from '../support/recording-provider.ts'

const { start } = await pipelineSupport()

test('an outage that began and ended while the receiver was away is still told, beginning first', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  const minute = (at: number) => Math.floor((at - START_AT) / MINUTE)
  pipeline.prober.behave('api', (at) => ([2, 3, 4].includes(minute(at)) ? 'down' : 'up'))
  pipeline.provider.answer('ops', ({ at }) => (minute(at) < 30 ? AWAY : null))
  await pipeline.runFor(29 * MINUTE)
  expect(pipeline.provider.told()).toEqual([])
  await pipeline.runFor(10 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
  // While the beginning is not delivered, the end is not even tried.
  const firstResolve = pipeline.provider.requests.findIndex(({ kind }) => kind === 'incident.resolved')
  expect(pipeline.provider.requests.slice(0, firstResolve).every(({ kind }) => kind === 'incident.triggered')).toBe(
    true,
  )
  expect(firstResolve).toBe(pipeline.provider.requests.length - 1)
})
