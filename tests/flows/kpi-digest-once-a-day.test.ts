import { afterAll, expect, inject, test } from 'vitest'
import { writeSlackMessage } from '../../lib/adapters/channels/slack/slack-blocks.ts'
import { createPipelineStore } from '../../lib/adapters/supabase/pipeline-store.ts'
import { DAY, HOUR, MINUTE, toIso } from '../../lib/domain/time/instant.ts'
import { runDueKpis } from '../../lib/tasks/run-kpis.ts'
import { sendDueDigests } from '../../lib/tasks/send-kpi-digests.ts'
import { kpiFixture, plainUrl } from '../support/kpis.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { testStack } from '../support/stack.ts'

const stack = await testStack()
const target = await createTestDatabase(inject('postgresUrl'))
afterAll(() => target.drop())
/** Friday 20 March 2026, 12:00 in Paris. The clocks go forward on 29 March, and back on 25 October. */
const START_AT = Date.UTC(2026, 2, 20, 11)
const fixture = await kpiFixture(stack, plainUrl(target.url), START_AT)
const projectId = await fixture.addProject('shop')
const [slack, mail] = [
  await fixture.addChannel(projectId, 'slack'),
  await fixture.addChannel(projectId, 'mail', 'email'),
]
await fixture.addChannel(projectId, 'not-chosen')

const choose = (at: number, ...channels: string[]) =>
  Promise.all(
    channels.map(
      (id) => stack.sql`
        insert into public.kpi_digest_channels (channel_id, project_id, created_at) values (${id}, ${projectId}, ${new Date(at)})`,
    ),
  )
const sendAt = async (at: number) => {
  await fixture.clock.set(at)
  return sendDueDigests(await fixture.worker())
}
const queued = async () =>
  Number((await stack.sql`select count(*) as n from public.notifications where kind = 'kpi.digest'`)[0]?.n)

test('without KPIs there is nothing to tell, and who chose a channel after nine gets the first digest tomorrow', async () => {
  await choose(START_AT, slack)
  expect(await sendAt(START_AT + 22 * HOUR)).toBe(0)
  await fixture.clock.set(START_AT)
  await fixture.addKpi(projectId, { key: 'orders', name: 'Orders', unit: 'orders' })
  expect(await sendAt(START_AT + MINUTE)).toBe(0)
  expect(await sendAt(START_AT + 20 * HOUR + 59 * MINUTE)).toBe(0)
})

test('however often and from how many workers it is asked, a day has one digest, on each chosen channel', async () => {
  await choose(START_AT, mail)
  await fixture.clock.set(START_AT + 21 * HOUR)
  const worker = await fixture.worker()
  await runDueKpis(worker, worker.clock.now() + MINUTE)
  const counts = await Promise.all(Array.from({ length: 8 }, async () => sendDueDigests(await fixture.worker())))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1)
  expect(await queued()).toBe(2)
  for (let at = START_AT + 21 * HOUR; at < START_AT + 36 * HOUR; at += 47 * MINUTE) expect(await sendAt(at)).toBe(0)
})

test('a machine that was away at nine sends the digest of that day later, and none of the days before', async () => {
  expect(await sendAt(START_AT + 3 * DAY + 5 * HOUR)).toBe(1)
  expect(await sendAt(START_AT + 3 * DAY + 6 * HOUR)).toBe(0)
})

test.each([
  ['forward', Date.UTC(2026, 2, 28, 23), Date.UTC(2026, 2, 29, 7)],
  ['back', Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 8)],
])('on the day on which the clocks go %s it comes once, at nine on the wall', async (_name, midnight, nine) => {
  await stack.sql`delete from public.kpi_digests`
  const sent: number[] = []
  for (let at = midnight; at < midnight + 23 * HOUR; at += 10 * MINUTE) if ((await sendAt(at)) > 0) sent.push(at)
  // Queries of nine o'clock that nobody runs here are waited for, five minutes at most.
  expect(sent).toEqual([nine + 10 * MINUTE])
})

test('it waits for the queries of nine o’clock, but not for ever', async () => {
  const nine = Date.UTC(2026, 10, 20, 8)
  expect(await sendAt(nine)).toBe(0)
  await fixture.clock.set(nine + MINUTE)
  const worker = await fixture.worker()
  await runDueKpis(worker, worker.clock.now() + MINUTE)
  expect(await sendAt(nine + MINUTE)).toBe(1)
})

test('a channel that is off is left out', async () => {
  await stack.sql`update public.channels set enabled = false where id = ${mail}`
  const before = await queued()
  const nine = Date.UTC(2026, 10, 21, 8)
  await fixture.clock.set(nine)
  const worker = await fixture.worker()
  await runDueKpis(worker, worker.clock.now() + MINUTE)
  expect(await sendAt(nine)).toBe(1)
  expect(await queued()).toBe(before + 1)
})

test('the outbox hands it over with the figures, those of yesterday beside them', async () => {
  await stack.sql`update public.notifications set status = 'delivered'`
  const nine = Date.UTC(2026, 10, 22, 8)
  await fixture.clock.set(nine)
  await stack.sql`update public.kpis set query = 'select 40', next_run_at = private.now(), lower_limit = 41`
  const worker = await fixture.worker()
  await runDueKpis(worker, worker.clock.now() + MINUTE)
  await sendAt(nine)
  const store = createPipelineStore(stack.service as never, worker.log)
  const { claims } = await store.claimNotifications(10)
  expect(claims).toHaveLength(1)
  const [claim] = claims
  if (claim === undefined) return
  const { kind, id, payload, createdAt } = claim
  expect(payload.kpis).toMatchObject({
    day: '2026-11-22',
    figures: [{ key: 'orders', value: 40, beforeValue: 42, limit: 'below', fault: null }],
  })
  const message = { notificationId: id, kind, timestamp: toIso(createdAt), data: payload, acknowledgeUrl: null }
  expect(JSON.stringify(writeSlackMessage(message))).toContain(
    '*Orders*\\n40\u00a0orders (−2 since yesterday, below its limit)',
  )
})
