import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

/** Down for half a minute, up for half a minute. */
const swings = (at: number) => (Math.floor((at - START_AT) / (30 * SECOND)) % 2 === 1 ? 'down' : 'up')

test('a flapping monitor is told once as such, not at each swing, and resolves once it is stable', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api', intervalSeconds: 10 })
  const calmAt = START_AT + 15 * MINUTE
  pipeline.prober.behave('api', (at) => (at < calmAt ? swings(at) : 'up'))
  await pipeline.runFor(15 * MINUTE)
  const early = pipeline.provider.told()
  expect(early).toEqual([
    'incident.triggered ops',
    'incident.resolved ops',
    'incident.triggered ops',
    'incident.resolved ops',
    'incident.triggered ops',
  ])
  expect(pipeline.provider.received.at(-1)?.data).toMatchObject({ incident: { flapping: true, status: 'triggered' } })
  expect(await pipeline.incidents()).toMatchObject([{ number: 1, flapping: true, status: 'triggered', episode: 2 }])

  await pipeline.runFor(3 * MINUTE)
  expect(pipeline.provider.told()).toEqual(early)
  await pipeline.runFor(5 * MINUTE)
  expect(pipeline.provider.told()).toEqual([...early, 'incident.resolved ops'])
  expect(await pipeline.incidents()).toMatchObject([{ number: 1, flapping: false, status: 'resolved' }])

  await pipeline.runFor(10 * MINUTE)
  expect(pipeline.provider.told()).toHaveLength(early.length + 1)
})
