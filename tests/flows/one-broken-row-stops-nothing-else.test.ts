import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

const unreadable = {
  seal: (value: unknown) => JSON.stringify(value),
  open: (): never => {
    throw new Error('the secret was sealed with another key')
  },
}

test('a monitor whose secret cannot be read is unknown, said so loudly, and holds up no other monitor', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  const id = await pipeline.addMonitor({ key: 'locked' })
  await pipeline.addMonitor({ key: 'api', intervalSeconds: 10 })
  await pipeline.sql`insert into public.monitor_secrets (monitor_id, project_id, ciphertext) values (${id}, ${pipeline.projectId}, 'x')`
  pipeline.prober.behave('api', (at) => (at < START_AT + 2 * MINUTE ? 'up' : 'down'))
  pipeline.setDeps({ secretBox: unreadable })
  await pipeline.runFor(4 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  expect(await pipeline.stateOf('locked')).toBe('pending')
  expect(pipeline.complaints.join()).toContain('the secret was sealed with another key')
  // 10 s monitors are probed through the whole minute all the same.
  expect(pipeline.prober.probes.filter(({ at }) => at < START_AT + 2 * MINUTE)).toHaveLength(12)
})

test('a channel whose secret cannot be read becomes a dead letter that says so, and the others are told', async () => {
  const pipeline = await start()
  const id = await pipeline.addChannel('ops')
  await pipeline.addChannel('mail', 'email')
  await pipeline.sql`insert into public.channel_secrets (channel_id, project_id, ciphertext) values (${id}, ${pipeline.projectId}, 'x')`
  await pipeline.addMonitor({ key: 'api' })
  pipeline.prober.behave('api', 'down')
  pipeline.setDeps({ secretBox: unreadable })
  await pipeline.runFor(3 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered mail'])
  const dead = await pipeline.sql`select status, last_error from public.notifications where channel_id = ${id}`
  expect(dead).toMatchObject([{ status: 'dead' }])
  expect(dead[0]?.last_error).toContain('cannot be read')
  expect(pipeline.ticks.map(({ error }) => error).filter(Boolean)).toEqual([])
})

test('a stored configuration that cannot be read keeps nobody else from being probed and told', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'broken' })
  await pipeline.addMonitor({ key: 'api' })
  await pipeline.sql`update public.monitors set config = '{"from": "the future"}' where key = 'broken'`
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(2 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  expect(pipeline.prober.probes.some(({ key }) => key === 'broken')).toBe(false)
})
