import { expect, test } from 'vitest'
import { createChannelReader } from '../../lib/adapters/supabase/channel-reader.ts'
import { readOutbox, readOutboxMessage } from '../../lib/queries/outbox.ts'
import { tellingWorld } from '../commands/telling-world.ts'

const world = await tellingWorld()
const { id: projectId } = world.project
// 120 messages a microsecond apart: more than one page within a single millisecond.
await world.sql`
  insert into public.outbox_messages (id, project_id, at, channel_kind, recipients, subject, body)
  select 'm' || n, ${projectId}, timestamptz '2026-11-21 03:12:00.123000Z' + n * interval '1 microsecond',
    case when n % 2 = 0 then 'email' else 'sms' end, '{a@example.com}', 'Subject ' || n, 'Body'
  from generate_series(1, 120) as n`
const reader = createChannelReader(world.clients.responder)
const everything = { channelKind: null, below: null, above: null }

test('messages of the same millisecond are paged without loss or repetition, and back again', async () => {
  const seen: string[] = []
  let page = await readOutbox(reader, projectId, everything)
  for (;;) {
    seen.push(...page.rows.map(({ id }) => id))
    if (page.olderBelow === null) break
    page = await readOutbox(reader, projectId, { ...everything, below: page.olderBelow })
  }
  expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => `m${120 - index}`))
  const back = await readOutbox(reader, projectId, { ...everything, above: page.newerAbove })
  expect(back.rows.map(({ id }) => id)).toEqual(seen.slice(50, 100))
})

test('the filter shows one kind alone', async () => {
  const page = await readOutbox(reader, projectId, { ...everything, channelKind: 'sms' })
  expect(new Set(page.rows.map(({ channelKind }) => channelKind))).toEqual(new Set(['sms']))
})

test('a responder reads a message; a viewer and a stranger see none, because mails hold acknowledge links', async () => {
  expect(await readOutboxMessage(reader, projectId, 'm1')).toMatchObject({ subject: 'Subject 1', text: 'Body' })
  for (const client of [world.clients.viewer, world.outsider]) {
    expect(await readOutboxMessage(createChannelReader(client), projectId, 'm1')).toBeNull()
    expect((await readOutbox(createChannelReader(client), projectId, everything)).rows).toEqual([])
  }
})
