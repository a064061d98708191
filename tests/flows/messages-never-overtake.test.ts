import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'
import { AWAY } from '../support/recording-provider.ts'

const { start } = await pipelineSupport()

test('messages of one incident on one channel never overtake each other, however often each is repeated', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addChannel('other')
  await pipeline.addMonitor({ key: 'api', intervalSeconds: 10 })
  const minute = (at: number) => Math.floor((at - START_AT) / MINUTE)
  pipeline.prober.behave('api', (at) => ([2, 5, 6].includes(minute(at)) ? 'down' : 'up'))
  // Every message is refused twice before it is taken.
  const refusals = new Map<string, number>()
  pipeline.provider.answer('ops', ({ id }) => {
    refusals.set(id, (refusals.get(id) ?? 0) + 1)
    return (refusals.get(id) ?? 0) <= 2 ? AWAY : null
  })
  await pipeline.runFor(2 * MINUTE + 10_000)
  const [incident] = await pipeline.incidents()
  await pipeline.changeIncident(incident?.id ?? '', 'acknowledge')
  await pipeline.runFor(20 * MINUTE)
  const story = ['triggered', 'acknowledged', 'resolved', 'triggered', 'resolved']
  for (const channel of ['ops', 'other']) {
    const heard = pipeline.provider.received.filter((sent) => sent.channel === channel)
    expect(heard.map(({ kind }) => kind.replace('incident.', ''))).toEqual(story)
  }
})

test('the recovery from a degradation never overtakes the degradation', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  const minute = (at: number) => Math.floor((at - START_AT) / MINUTE)
  pipeline.prober.behave('api', (at) => ([2, 3].includes(minute(at)) ? 'degraded' : 'up'))
  pipeline.provider.answer('ops', ({ kind, at }) => (kind === 'monitor.degraded' && minute(at) < 10 ? AWAY : null))
  await pipeline.runFor(25 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['monitor.degraded ops', 'monitor.recovered ops'])
})
