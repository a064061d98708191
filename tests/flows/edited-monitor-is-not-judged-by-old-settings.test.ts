import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test('a monitor that is edited while it is probed is not judged by the old settings', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  const id = await pipeline.addMonitor({ key: 'old' })
  pipeline.prober.behave('old', (at) => (at < START_AT + MINUTE ? 'up' : 'down'))
  await pipeline.runFor(MINUTE)
  await pipeline.runFor(2 * SECOND)
  // Its first attempt failed, the second look is under way; now it points elsewhere.
  await pipeline.editMonitor(id, { key: 'moved' })
  await pipeline.runFor(5 * MINUTE)
  expect(pipeline.provider.requests).toEqual([])
  expect(await pipeline.incidents()).toEqual([])
  expect(await pipeline.stateOf('moved')).toBe('up')
  expect(pipeline.ticks.some(({ summary }) => summary?.stale === 1)).toBe(true)
  expect(await pipeline.sql`select from public.probe_gaps`).toHaveLength(0)
})
