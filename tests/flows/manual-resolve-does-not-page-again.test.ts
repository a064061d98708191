import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test('an incident resolved by hand while its monitor is still down does not page until it recovered and failed anew', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  const minute = (at: number) => Math.floor((at - START_AT) / MINUTE)
  pipeline.prober.behave('api', (at) => (minute(at) < 10 || minute(at) >= 25 ? 'down' : 'up'))
  await pipeline.runFor(2 * MINUTE)
  const [incident] = await pipeline.incidents()
  await pipeline.changeIncident(incident?.id ?? '', 'resolve')
  await pipeline.runFor(20 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
  expect(await pipeline.stateOf('api')).toBe('up')
  await pipeline.runFor(5 * MINUTE)
  expect(pipeline.provider.told()).toEqual([
    'incident.triggered ops',
    'incident.resolved ops',
    'incident.triggered ops',
  ])
  expect(await pipeline.incidents()).toMatchObject([
    { number: 1, resolved_by: 'ann' },
    { number: 2, status: 'triggered' },
  ])
})
