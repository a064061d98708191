import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'
import { createRealProber, serve } from '../support/real-prober.ts'

const { start } = await pipelineSupport()

const INCIDENT = {
  name: 'Databases in Europe',
  status: 'identified',
  impact: 'major',
  shortlink: 'https://stspg.io/db',
  components: [{ id: 'db' }],
}

test('minor trouble of a third party is told without an incident, an outage opens one that names theirs, its end resolves it', async () => {
  const pipeline = await start()
  let indicator = 'none'
  const url = await serve((_request, response) => {
    const incidents = indicator === 'none' ? [] : [INCIDENT]
    response.end(JSON.stringify({ status: { indicator, description: `Service ${indicator}` }, incidents }))
  })
  pipeline.setDeps({ prober: createRealProber(pipeline.clock) })
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'supplier', target: { kind: 'status_page', config: { url } } })

  await pipeline.runFor(2 * MINUTE)
  expect(await pipeline.stateOf('supplier')).toBe('up')
  indicator = 'minor'
  await pipeline.runFor(3 * MINUTE)
  expect(await pipeline.stateOf('supplier')).toBe('degraded')
  expect(pipeline.provider.told()).toEqual(['monitor.degraded ops'])
  expect(await pipeline.incidents()).toEqual([])

  indicator = 'critical'
  await pipeline.runFor(3 * MINUTE)
  const [incident] = await pipeline.incidents()
  expect(incident).toMatchObject({
    status: 'triggered',
    title: 'supplier is down',
    reason: 'status page says Service critical: Databases in Europe (https://stspg.io/db)',
  })
  indicator = 'none'
  await pipeline.runFor(3 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['monitor.degraded ops', 'incident.triggered ops', 'incident.resolved ops'])
  expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved' }])
  expect(pipeline.complaints).toEqual([])
})

test('one odd answer of the page pages nobody', async () => {
  const pipeline = await start()
  let answers = 0
  const url = await serve((_request, response) => {
    answers += 1
    response.end(answers === 3 ? '<html>' : '{"status": {"indicator": "none"}}')
  })
  pipeline.setDeps({ prober: createRealProber(pipeline.clock) })
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'supplier', target: { kind: 'status_page', config: { url } } })
  await pipeline.runFor(6 * MINUTE)
  expect(answers).toBeGreaterThan(4)
  expect(pipeline.clock.now()).toBe(START_AT + 6 * MINUTE)
  expect(pipeline.provider.told()).toEqual([])
})
