import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import type { Pipeline } from '../support/pipeline.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'
import { REFUSED } from '../support/recording-provider.ts'

const { stack, start } = await pipelineSupport()

test('a message that is refused with 4xx becomes a dead letter, is not repeated, and a retry by hand delivers it', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  pipeline.prober.behave('api', 'down')
  pipeline.provider.answer('ops', REFUSED)
  await pipeline.runFor(10 * MINUTE)
  expect(pipeline.provider.requests).toHaveLength(1)
  const dead = await pipeline.sql`select id, status, last_error, attempt from public.notifications`
  expect(dead).toMatchObject([{ status: 'dead', last_error: 'the receiver answered 400', attempt: 1 }])
  const [incident] = await pipeline.incidents()
  expect((await pipeline.timeline(incident?.id ?? '')).at(-1)).toMatchObject({ kind: 'notification_dead' })

  pipeline.provider.answer('ops', null)
  await retry(pipeline, dead[0]?.id)
  await pipeline.runFor(2 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  const attempts = await pipeline.sql`select attempt, outcome from public.deliveries order by attempt`
  expect(attempts).toEqual([
    { attempt: 1, outcome: 'rejected' },
    { attempt: 2, outcome: 'delivered' },
  ])
})

test('a channel that never got the beginning is not told the end', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  pipeline.prober.behave('api', (at) => (at < START_AT + 3 * MINUTE ? 'down' : 'up'))
  pipeline.provider.answer('ops', ({ kind }) => (kind === 'incident.triggered' ? REFUSED : null))
  await pipeline.runFor(10 * MINUTE)
  expect(pipeline.provider.told()).toEqual([])
})

test('a dead letter retried after the end is followed by the end', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  pipeline.prober.behave('api', (at) => (at < START_AT + 3 * MINUTE ? 'down' : 'up'))
  pipeline.provider.answer('ops', ({ kind }) => (kind === 'incident.triggered' ? REFUSED : null))
  await pipeline.runFor(10 * MINUTE)
  pipeline.provider.answer('ops', null)
  const [dead] = await pipeline.sql<{ id: string }[]>`select id from public.notifications where status = 'dead'`
  await retry(pipeline, dead?.id)
  await pipeline.runFor(2 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
})

async function retry(pipeline: Pipeline, notificationId: string | undefined): Promise<void> {
  const responder = await stack.user('responder', pipeline.projectId)
  const { data, error } = await responder.client.rpc('retry_notification', {
    p_project_id: pipeline.projectId,
    p_notification_id: notificationId,
  })
  expect(error).toBeNull()
  expect(data).toBe(true)
}
