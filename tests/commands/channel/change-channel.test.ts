import { expect, test } from 'vitest'
import { createChannelCommands } from '../../../lib/adapters/supabase/channel-commands.ts'
import { createChannelReader } from '../../../lib/adapters/supabase/channel-reader.ts'
import { createSecretBox } from '../../../lib/adapters/system/secret-box.ts'
import { deleteChannel } from '../../../lib/commands/channel/delete.ts'
import { enableChannel } from '../../../lib/commands/channel/enable.ts'
import type { ChannelDraft } from '../../../lib/commands/channel/parse-channel.ts'
import { saveChannel } from '../../../lib/commands/channel/save.ts'
import type { Role } from '../../../lib/domain/monitor/role.ts'
import { tellingWorld } from '../telling-world.ts'

const world = await tellingWorld()
const secretBox = createSecretBox('a key for tests')
const webhook = (key: string, given: Partial<ChannelDraft> = {}): ChannelDraft => ({
  key,
  name: key,
  minSeverity: null,
  kind: 'webhook',
  to: [],
  url: 'https://example.com/hook',
  secret: null,
  ...given,
})
const save = (role: Role, id: string | null, draft: ChannelDraft) =>
  saveChannel({ commands: createChannelCommands(world.clients[role]), secretBox }, world.project.id, id, draft)

async function create(key: string, given: Partial<ChannelDraft> = {}): Promise<string> {
  const made = await save('admin', null, webhook(key, given))
  if (!made.ok) throw new Error(made.errors[0]?.message)
  return made.value.id
}

test('an admin makes a channel; its secret is stored sealed and never read back', async () => {
  const id = await create('board', { secret: 'whsec_abcdefgh' })
  const [stored] = await world.sql<{ ciphertext: string }[]>`
    select ciphertext from public.channel_secrets where channel_id = ${id}`
  expect(stored?.ciphertext).not.toContain('abcdefgh')
  expect(secretBox.open(stored?.ciphertext ?? '')).toEqual({ signingSecret: 'whsec_abcdefgh' })
  const channels = await createChannelReader(world.clients.admin).listChannels(world.project.id)
  const shown = channels.find((channel) => channel.id === id)
  expect(shown).toMatchObject({ hasSecret: true, lastNotification: null })
  expect(JSON.stringify(shown)).not.toContain('abcdefgh')
})

test.each(['viewer', 'responder'] as const)('a %s makes, switches and deletes no channel', async (role) => {
  const id = await create(`kept-from-${role}`)
  const commands = createChannelCommands(world.clients[role])
  const refused = { ok: false, errors: [{ code: 'PT403' }] }
  expect(await save(role, null, webhook(`by-${role}`))).toMatchObject(refused)
  expect(await enableChannel(commands, world.project.id, id, false)).toMatchObject(refused)
  expect(await deleteChannel(commands, world.project.id, id)).toMatchObject(refused)
  expect(await world.sql`select from public.channels where id = ${id} and enabled`).toHaveLength(1)
})

test('a taken key is refused by its field', async () => {
  await create('twice')
  expect(await save('admin', null, webhook('twice'))).toMatchObject({
    ok: false,
    errors: [{ field: 'key', code: 'PT409' }],
  })
})

test('saving the same again is no change, and a corrected address switches a dead channel on again', async () => {
  const id = await create('gone')
  expect(await save('admin', id, webhook('gone'))).toMatchObject({ ok: true, value: { result: 'unchanged' } })
  await world.sql`update public.channels set enabled = false, disabled_reason = 'It answered 410.' where id = ${id}`
  await save('admin', id, webhook('gone', { url: 'https://example.com/new' }))
  const [row] = await world.sql`select enabled, disabled_reason from public.channels where id = ${id}`
  expect(row).toEqual({ enabled: true, disabled_reason: null })
})

test('the audit log tells a change from which value to which, and of a secret only that it changed', async () => {
  const id = await create('audited')
  await save('admin', id, webhook('audited', { url: 'https://example.com/b', secret: 'whsec_abcdefgh' }))
  const [entry] = await world.sql<{ details: unknown }[]>`
    select details from public.audit_entries where subject_id = ${id} and action = 'channel_updated'`
  expect(entry?.details).toEqual({
    config: { from: { url: 'https://example.com/hook' }, to: { url: 'https://example.com/b' } },
    secret: 'changed',
  })
})

test('what is not there cannot be switched or deleted', async () => {
  const commands = createChannelCommands(world.clients.admin)
  const nowhere = '00000000-0000-4000-8000-000000000000'
  expect(await enableChannel(commands, world.project.id, nowhere, true)).toMatchObject({ errors: [{ code: 'PT404' }] })
  expect(await deleteChannel(commands, world.project.id, nowhere)).toMatchObject({ errors: [{ code: 'PT404' }] })
})
