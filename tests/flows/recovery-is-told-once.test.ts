import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test('a recovery is told once, to whoever got the alert and to nobody else', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addChannel('mail', 'email')
  await pipeline.addChannel('phone', 'sms')
  await pipeline.addMonitor({ key: 'api', severity: 'high', notify: ['ops', 'phone'] })
  pipeline.prober.behave('api', (at) => (at < START_AT + 3 * MINUTE ? 'down' : 'up'))
  await pipeline.runFor(2 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])

  // A channel that is added or listed later never heard of the beginning.
  await pipeline.addChannel('late')
  await pipeline.runFor(10 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
  const [incident] = await pipeline.incidents()
  expect(incident).toMatchObject({ status: 'resolved', resolved_by: 'vigie' })
  expect(incident?.resolved_at?.getTime()).toBe(START_AT + 3 * MINUTE)
  const timeline = await pipeline.timeline(incident?.id ?? '')
  expect(timeline.map(({ kind }) => kind)).toEqual([
    'opened',
    'monitor_down',
    'not_told',
    'not_told',
    'notification_delivered',
    'monitor_recovered',
    'resolved',
    'notification_delivered',
  ])
})
