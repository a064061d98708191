import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'
import { GONE } from '../support/recording-provider.ts'

const { start } = await pipelineSupport()

test('a webhook that answers 410 switches its channel off and shows why; others go on', async () => {
  const pipeline = await start()
  const id = await pipeline.addChannel('ops')
  await pipeline.addChannel('mail', 'email')
  await pipeline.addMonitor({ key: 'api' })
  pipeline.prober.behave('api', (at) => (at < START_AT + 3 * MINUTE ? 'down' : 'up'))
  pipeline.provider.answer('ops', GONE)
  await pipeline.runFor(6 * MINUTE)
  const [channel] = await pipeline.sql`select enabled, disabled_reason from public.channels where id = ${id}`
  expect(channel).toEqual({
    enabled: false,
    disabled_reason: 'The receiver says that it is gone (410): the receiver answered 410',
  })
  const audit =
    await pipeline.sql`select action, subject_id from public.audit_entries where action = 'channel_disabled'`
  expect(audit).toEqual([{ action: 'channel_disabled', subject_id: id }])
  // Asked once; the end of the incident is not for a channel that is off.
  expect(pipeline.provider.requests.filter(({ channel }) => channel === 'ops')).toHaveLength(1)
  expect(pipeline.provider.told()).toEqual(['incident.triggered mail', 'incident.resolved mail'])
  const [incident] = await pipeline.incidents()
  expect((await pipeline.timeline(incident?.id ?? '')).map(({ message }) => message)).toContain(
    'ops was switched off: the receiver answered 410.',
  )
})
