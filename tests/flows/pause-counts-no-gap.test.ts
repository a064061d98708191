import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test('no gap is counted for the time in which a monitor was paused', async () => {
  const pipeline = await start()
  const id = await pipeline.addMonitor({ key: 'api' })
  await pipeline.runFor(5 * MINUTE)
  await pipeline.pauseMonitor(id, true)
  const probesBefore = pipeline.prober.probes.length
  await pipeline.runFor(10 * MINUTE)
  expect(pipeline.prober.probes).toHaveLength(probesBefore)
  await pipeline.pauseMonitor(id, false)
  await pipeline.runFor(5 * MINUTE)
  expect(await pipeline.sql`select from public.probe_gaps`).toHaveLength(0)
  const rollups = await pipeline.sql`select up, unknown from public.probe_rollups where resolution = 'hour'`
  expect(rollups).toEqual([{ up: 10, unknown: 0 }])
})
