import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { pipelineSupport } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test.each(['paused', 'deleted'] as const)(
  'a monitor that is %s while it is down closes its incident, and whoever was paged hears of it',
  async (how) => {
    const pipeline = await start()
    await pipeline.addChannel('ops')
    const id = await pipeline.addMonitor({ key: 'api' })
    pipeline.prober.behave('api', 'down')
    await pipeline.runFor(2 * MINUTE)
    if (how === 'paused') await pipeline.pauseMonitor(id, true)
    else await pipeline.deleteMonitor(id)
    await pipeline.runFor(3 * MINUTE)
    expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
    expect(pipeline.provider.received[1]?.reason).toBe(`The monitor was ${how} by ann.`)
    expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved', resolved_by: 'ann' }])
  },
)

test('a monitor that is paused while it is probed is not judged by that probe', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  const id = await pipeline.addMonitor({ key: 'api' })
  await pipeline.runFor(MINUTE)
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(2 * SECOND)
  await pipeline.pauseMonitor(id, true)
  await pipeline.runFor(3 * MINUTE)
  expect(await pipeline.incidents()).toEqual([])
  expect(await pipeline.stateOf('api')).toBe('pending')
})
