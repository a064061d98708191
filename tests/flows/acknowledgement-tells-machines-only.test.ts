import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test('an acknowledged incident tells webhook and Slack, but neither mail nor phone', async () => {
  const pipeline = await start()
  await pipeline.addChannel('hook', 'webhook')
  await pipeline.addChannel('team', 'slack')
  await pipeline.addChannel('mail', 'email')
  await pipeline.addChannel('phone', 'sms')
  await pipeline.addMonitor({ key: 'api', severity: 'critical' })
  pipeline.prober.behave('api', (at) => (at < START_AT + 5 * MINUTE ? 'down' : 'up'))
  await pipeline.runFor(2 * MINUTE)
  expect(pipeline.provider.told().sort()).toEqual([
    'incident.triggered hook',
    'incident.triggered mail',
    'incident.triggered phone',
    'incident.triggered team',
  ])
  const [incident] = await pipeline.incidents()
  await pipeline.changeIncident(incident?.id ?? '', 'acknowledge')
  await pipeline.changeIncident(incident?.id ?? '', 'acknowledge')
  await pipeline.runFor(MINUTE)
  expect(pipeline.provider.told().slice(4).sort()).toEqual(['incident.acknowledged hook', 'incident.acknowledged team'])
  await pipeline.runFor(5 * MINUTE)
  // The end goes to all who were woken, also after an acknowledgement.
  expect(pipeline.provider.told().slice(6).sort()).toEqual([
    'incident.resolved hook',
    'incident.resolved mail',
    'incident.resolved phone',
    'incident.resolved team',
  ])
  expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved', acknowledged_by: 'ann' }])
})
