import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'
import { AWAY, REFUSED } from '../support/recording-provider.ts'

const { start } = await pipelineSupport()

test('a second channel is tried when the first keeps failing, and hears the end as well', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addChannel('mail', 'email')
  await pipeline.addMonitor({ key: 'api', notify: ['ops'] })
  const minute = (at: number) => Math.floor((at - START_AT) / MINUTE)
  pipeline.prober.behave('api', (at) => (minute(at) < 20 ? 'down' : 'up'))
  pipeline.provider.answer('ops', ({ at }) => (minute(at) < 15 ? AWAY : null))
  await pipeline.runFor(3 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered mail'])
  const beforeMail = pipeline.provider.requests.findIndex(({ channel }) => channel === 'mail')
  expect(beforeMail).toBe(3)
  const [incident] = await pipeline.incidents()
  expect(
    (await pipeline.timeline(incident?.id ?? '')).find(({ kind }) => kind === 'notification_fallback')?.message,
  ).toBe('ops keeps failing (3 attempts), so mail is told instead.')
  await pipeline.runFor(30 * MINUTE)
  expect(pipeline.provider.told()[1]).toBe('incident.triggered ops')
  expect(pipeline.provider.told().slice(2).sort()).toEqual(['incident.resolved mail', 'incident.resolved ops'])
})

test('a refusal for good tries the second channel at once', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addChannel('mail', 'email')
  await pipeline.addMonitor({ key: 'api', notify: ['ops'] })
  pipeline.prober.behave('api', 'down')
  pipeline.provider.answer('ops', REFUSED)
  await pipeline.runFor(MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered mail'])
})
