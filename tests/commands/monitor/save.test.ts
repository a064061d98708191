import { expect, test } from 'vitest'
import { createMonitorCommands } from '../../../lib/adapters/supabase/monitor-commands.ts'
import { createSecretBox } from '../../../lib/adapters/system/secret-box.ts'
import { changeMonitors } from '../../../lib/commands/monitor/change-several.ts'
import { type MonitorDraft, saveMonitor } from '../../../lib/commands/monitor/save.ts'
import { draftOf, monitorWorld } from './world.ts'

const world = await monitorWorld()
const secretBox = createSecretBox('a key for tests')

async function save(role: 'viewer' | 'responder' | 'admin', draft: MonitorDraft) {
  const commands = createMonitorCommands(world.clients[role])
  return saveMonitor({ commands, secretBox }, world.projectId, draft)
}

async function create(key: string): Promise<string> {
  const saved = await save('admin', draftOf({ key }))
  if (!saved.ok) throw new Error(saved.errors[0]?.message)
  return saved.value.id
}

test('an admin makes a monitor, and making it again under the same key names the field', async () => {
  const made = await save('admin', draftOf({ key: 'shop' }))
  expect(made).toMatchObject({ ok: true, value: { result: 'created' } })
  const again = await save('admin', draftOf({ key: 'shop' }))
  expect(again).toMatchObject({ ok: false, errors: [{ field: 'key', code: 'PT409' }] })
})

test.each(['viewer', 'responder'] as const)('a %s cannot make a monitor', async (role) => {
  expect(await save(role, draftOf({ key: `by-${role}` }))).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  expect(await world.sql`select from public.monitors where key = ${`by-${role}`}`).toHaveLength(0)
})

test('secrets are stored sealed, kept when nothing is said, and gone when cleared', async () => {
  const draft = draftOf({ key: 'sealed' })
  const made = await save('admin', { ...draft, secrets: { op: 'set', value: { bearerToken: 'hush' } } })
  if (!made.ok) throw new Error('not made')
  const { id } = made.value
  const ciphertexts = () =>
    world.sql<{ ciphertext: string }[]>`select ciphertext from public.monitor_secrets where monitor_id = ${id}`
  const [sealed] = await ciphertexts()
  expect(sealed?.ciphertext).not.toContain('hush')
  expect(secretBox.open(sealed?.ciphertext ?? '')).toEqual({ bearerToken: 'hush' })

  await save('admin', { ...draft, id, spec: { ...draft.spec, name: 'Renamed' } })
  expect((await ciphertexts())[0]?.ciphertext).toBe(sealed?.ciphertext)

  await save('admin', { ...draft, id, secrets: { op: 'clear' } })
  expect(await ciphertexts()).toHaveLength(0)
})

test('a channel of another project is refused by its field, and nothing is stored', async () => {
  const saved = await save('admin', { ...draftOf({ key: 'misled' }), notifyChannelIds: [world.foreignChannelId] })
  expect(saved).toMatchObject({ ok: false, errors: [{ field: 'notify' }] })
  expect(await world.sql`select from public.monitors where key = 'misled'`).toHaveLength(0)
})

test('a responder pauses and resumes; a viewer does not', async () => {
  const id = await create('pausable')
  const change = { monitorIds: [id], change: { op: 'pause' } }
  const by = (role: 'viewer' | 'responder') =>
    changeMonitors(createMonitorCommands(world.clients[role]), world.projectId, change)
  expect(await by('viewer')).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  expect(await by('responder')).toEqual({ ok: true, value: 1 })
  expect(await by('responder')).toEqual({ ok: true, value: 0 })
})

test('an admin gives several monitors a severity and tags, and leaves everything else as it was', async () => {
  const ids = [await create('first'), await create('second')]
  const commands = createMonitorCommands(world.clients.admin)
  const all = (change: unknown) => changeMonitors(commands, world.projectId, { monitorIds: ids, change })
  expect(await all({ op: 'severity', severity: 'low' })).toEqual({ ok: true, value: 2 })
  expect(await all({ op: 'tags', tags: ['shop', 'public'] })).toEqual({ ok: true, value: 2 })
  const rows = await world.sql`select severity, tags, interval_seconds from public.monitors where id = any (${ids})`
  expect(rows.map((row) => ({ ...row }))).toEqual(
    ids.map(() => ({ severity: 'low', tags: ['shop', 'public'], interval_seconds: 60 })),
  )
})

test('an admin deletes; a responder does not', async () => {
  const id = await create('doomed')
  const request = { monitorIds: [id], change: { op: 'delete' } }
  const by = (role: 'responder' | 'admin') =>
    changeMonitors(createMonitorCommands(world.clients[role]), world.projectId, request)
  expect(await by('responder')).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  expect(await by('admin')).toEqual({ ok: true, value: 1 })
  expect(await world.sql`select from public.monitors where id = ${id}`).toHaveLength(0)
})

test.each([
  { what: 'no monitor', monitorIds: [], change: { op: 'pause' }, field: 'monitors' },
  { what: 'something that is no id', monitorIds: ['x'], change: { op: 'pause' }, field: 'monitors' },
  { what: 'an unknown change', monitorIds: [crypto.randomUUID()], change: { op: 'explode' }, field: 'op' },
  {
    what: 'a severity that does not exist',
    monitorIds: [crypto.randomUUID()],
    change: { op: 'severity', severity: 'P0' },
    field: 'severity',
  },
  {
    what: 'a tag that is too long',
    monitorIds: [crypto.randomUUID()],
    change: { op: 'tags', tags: ['x'.repeat(41)] },
    field: 'tags',
  },
])('$what is refused before the database is asked', async ({ monitorIds, change, field }) => {
  const refused = await changeMonitors(createMonitorCommands(world.clients.admin), world.projectId, {
    monitorIds,
    change,
  })
  expect(refused).toMatchObject({ ok: false, errors: [{ field, code: 'invalid' }] })
})
