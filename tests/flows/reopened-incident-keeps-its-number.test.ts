import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test('a monitor that fails again soon after it recovered re-opens its incident under the same number', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  const minute = (at: number) => Math.floor((at - START_AT) / MINUTE)
  pipeline.prober.behave('api', (at) => ([2, 3, 6, 7, 8].includes(minute(at)) ? 'down' : 'up'))
  await pipeline.runFor(8 * MINUTE)
  expect(await pipeline.incidents()).toMatchObject([
    { number: 1, status: 'triggered', episode: 1, resolved_at: null, resolved_by: null },
  ])
  expect(pipeline.provider.received.map(({ kind, incidentNumber }) => [kind, incidentNumber])).toEqual([
    ['incident.triggered', 1],
    ['incident.resolved', 1],
    ['incident.triggered', 1],
  ])
})

test('a monitor that fails again long after it recovered opens a new incident', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  const minute = (at: number) => Math.floor((at - START_AT) / MINUTE)
  pipeline.prober.behave('api', (at) => ([2, 20, 21].includes(minute(at)) ? 'down' : 'up'))
  await pipeline.runFor(22 * MINUTE)
  expect(await pipeline.incidents()).toMatchObject([
    { number: 1, status: 'resolved' },
    { number: 2, status: 'triggered', episode: 0 },
  ])
})
