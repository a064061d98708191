import { expect, test } from 'vitest'
import { createDatabaseCommands } from '../../../lib/adapters/supabase/database-commands.ts'
import { createDatabaseReader } from '../../../lib/adapters/supabase/database-reader.ts'
import { createSecretBox } from '../../../lib/adapters/system/secret-box.ts'
import { checkDatabaseNow } from '../../../lib/commands/database-source/check-now.ts'
import { deleteDatabaseSource } from '../../../lib/commands/database-source/delete.ts'
import type { DatabaseSourceDraft } from '../../../lib/commands/database-source/parse-source.ts'
import { saveDatabaseSource } from '../../../lib/commands/database-source/save.ts'
import type { Role } from '../../../lib/domain/monitor/role.ts'
import { tellingWorld } from '../telling-world.ts'

const world = await tellingWorld()
const secretBox = createSecretBox('a key for tests')
const CONNECTION = 'postgres://vigie:geheimnis@db.example.com:6543/shop?sslmode=verify-full'
const draftOf = (key: string, given: Partial<DatabaseSourceDraft> = {}): DatabaseSourceDraft => ({
  key,
  name: key,
  kind: 'supabase',
  connection: CONNECTION,
  projectRef: '',
  metricsKey: null,
  storageLimitGb: '',
  enabled: true,
  ...given,
})
const save = (role: Role, id: string | null, draft: DatabaseSourceDraft) =>
  saveDatabaseSource({ commands: createDatabaseCommands(world.clients[role]), secretBox }, world.project.id, id, draft)

async function create(key: string, given: Partial<DatabaseSourceDraft> = {}): Promise<string> {
  const made = await save('admin', null, draftOf(key, given))
  if (!made.ok) throw new Error(made.errors[0]?.message)
  return made.value.id
}

async function stored(id: string) {
  const [row] = await world.sql<{ connection_ciphertext: string; metrics_key_ciphertext: string | null }[]>`
    select connection_ciphertext, metrics_key_ciphertext from public.database_source_secrets where source_id = ${id}`
  return row
}

test('an admin adds a database; its secrets are stored sealed, and nothing that can be read tells them', async () => {
  const id = await create('shop', { projectRef: 'abc', metricsKey: 'sb_secret_xyz', storageLimitGb: '0,5' })
  const secrets = await stored(id)
  expect(JSON.stringify(secrets)).not.toMatch(/geheimnis|xyz/)
  expect(secretBox.open(secrets?.connection_ciphertext ?? '')).toBe(CONNECTION)
  expect(secretBox.open(secrets?.metrics_key_ciphertext ?? '')).toBe('sb_secret_xyz')
  for (const role of ['viewer', 'owner'] as const) {
    const listed = await createDatabaseReader(world.clients[role]).listSources(world.project.id)
    expect(listed.find((source) => source.id === id)).toMatchObject({
      key: 'shop',
      address: 'db.example.com:6543/shop (vigie)',
      hasMetricsKey: true,
      storageLimitBytes: 500_000_000,
      failure: null,
    })
    expect(JSON.stringify(listed)).not.toMatch(/geheimnis|xyz/)
    const { data } = await world.clients[role].from('database_source_secrets').select()
    expect(data ?? []).toEqual([])
  }
  const audit = await world.sql`select action, details from public.audit_entries where subject_id = ${id}`
  expect(audit).toMatchObject([{ action: 'database_source_created' }])
  expect(JSON.stringify(audit)).not.toMatch(/geheimnis|xyz/)
})

test.each(['viewer', 'responder'] as const)('a %s adds, changes, looks into and deletes none', async (role) => {
  const id = await create(`kept-from-${role}`)
  const commands = createDatabaseCommands(world.clients[role])
  const refused = { ok: false, errors: [{ code: 'PT403' }] }
  expect(await save(role, null, draftOf(`by-${role}`))).toMatchObject(refused)
  expect(await save(role, id, draftOf(`kept-from-${role}`, { name: 'mine' }))).toMatchObject(refused)
  expect(await deleteDatabaseSource(commands, world.project.id, id)).toMatchObject(refused)
  const collect = () => Promise.reject(new Error('must not be asked'))
  const reader = createDatabaseReader(world.clients[role])
  expect(await checkDatabaseNow({ commands, reader, collect }, world.project.id, id)).toMatchObject(refused)
})

test('somebody of no project sees no database and no figures', async () => {
  const id = await create('hidden')
  await world.sql`
    insert into public.database_snapshots (source_id, project_id, day, at, size_bytes, tables)
    values (${id}, ${world.project.id}, current_date, now(), 1, '[]')`
  const reader = createDatabaseReader(world.outsider)
  expect(await reader.listSources(world.project.id)).toEqual([])
  expect(await reader.findLatest(world.project.id, id)).toBeNull()
  const commands = createDatabaseCommands(world.outsider)
  expect(await deleteDatabaseSource(commands, world.project.id, id)).toMatchObject({ errors: [{ code: 'PT404' }] })
})

test('a change keeps secrets that were left empty, and forgets why the last attempt failed', async () => {
  const id = await create('kept', { projectRef: 'abc', metricsKey: 'sb_secret_xyz' })
  const before = await stored(id)
  await world.sql`update public.database_sources set last_failure = 'dns', next_due_at = now() + interval '1 day' where id = ${id}`
  expect(await save('admin', id, draftOf('kept', { name: 'Kept', connection: '', projectRef: 'abc' }))).toMatchObject({
    ok: true,
    value: { result: 'updated' },
  })
  expect(await stored(id)).toEqual(before)
  const [row] = await world.sql`
    select name, address, last_failure, next_due_at <= now() as is_due from public.database_sources where id = ${id}`
  expect(row).toEqual({ name: 'Kept', address: 'db.example.com:6543/shop (vigie)', last_failure: null, is_due: true })
})

test('a stored key does not follow to another project; given anew or removed it is fine', async () => {
  const id = await create('moved', { projectRef: 'abc', metricsKey: 'sb_secret_xyz' })
  const moved = (metricsKey: string | null) =>
    save('admin', id, draftOf('moved', { connection: '', projectRef: 'evil', metricsKey }))
  expect(await moved(null)).toMatchObject({ ok: false, errors: [{ field: 'metricsKey', code: 'PT422' }] })
  expect(await moved('sb_secret_new')).toMatchObject({ ok: true })
  expect(await save('admin', id, draftOf('moved', { connection: '', metricsKey: '' }))).toMatchObject({ ok: true })
  expect((await stored(id))?.metrics_key_ciphertext).toBeNull()
})

test.each<[string, Partial<DatabaseSourceDraft>, { field: string; code: string }]>([
  ['no connection string', { connection: '' }, { field: 'connection', code: 'missing' }],
  ['one that is none', { connection: 'geheimnis' }, { field: 'connection', code: 'invalid' }],
  ['no name', { name: '' }, { field: 'name', code: 'invalid' }],
  ['a reference that is an address', { projectRef: 'evil.example.com/' }, { field: 'projectRef', code: 'invalid' }],
  ['a key without a reference', { metricsKey: 'sb_secret_xyz' }, { field: 'projectRef', code: 'missing' }],
  ['room that is no number', { storageLimitGb: 'plenty' }, { field: 'storageLimitGb', code: 'invalid' }],
  ['no room at all', { storageLimitGb: '0' }, { field: 'storageLimitGb', code: 'invalid' }],
  ['the installation’s own database', { kind: 'own' }, { field: 'kind', code: 'PT422' }],
])('%s is refused at its field', async (_name, given, expected) => {
  const answer = await save('admin', null, draftOf('refused', given))
  expect(answer).toMatchObject({ ok: false, errors: [expected] })
  expect(JSON.stringify(answer)).not.toMatch(/geheimnis|xyz/)
})

test('a name that is taken is refused, and so is an eleventh database', async () => {
  await world.sql`delete from public.database_sources where project_id = ${world.project.id} and kind <> 'own'`
  const [own] = await world.sql`select from public.database_sources where project_id = ${world.project.id}`
  await create('twice')
  expect(await save('admin', null, draftOf('twice'))).toMatchObject({ errors: [{ field: 'key', code: 'PT409' }] })
  for (let index = own === undefined ? 1 : 2; index < 10; index++) await create(`n-${index}`)
  expect(await save('admin', null, draftOf('eleventh'))).toMatchObject({ errors: [{ code: 'PT422' }] })
})

test('deleting takes secrets and figures along; the installation’s own database stays', async () => {
  await world.sql`delete from public.database_sources where project_id = ${world.project.id} and key <> 'own'`
  const id = await create('gone')
  const commands = createDatabaseCommands(world.clients.admin)
  expect(await deleteDatabaseSource(commands, world.project.id, id)).toEqual({ ok: true, value: null })
  expect(await stored(id)).toBeUndefined()
  const [own] = await world.sql<{ id: string; project_id: string }[]>`
    select id, project_id from public.database_sources where kind = 'own'`
  expect(own?.project_id).toBe(world.project.id)
  expect(await deleteDatabaseSource(commands, world.project.id, own?.id ?? '')).toMatchObject({
    ok: false,
    errors: [{ code: 'PT404' }],
  })
})

test('a look that an admin asks for tells what came of it, and a second one at the same time that somebody is looking', async () => {
  const id = await create('looked')
  const commands = createDatabaseCommands(world.clients.admin)
  const reader = createDatabaseReader(world.clients.admin)
  const fail = async (sourceId: string) => {
    await world.sql`update public.database_sources set last_failure = 'dns', last_error = 'x' where id = ${sourceId}`
    return 1
  }
  const look = (collect: (id: string) => Promise<number>) =>
    checkDatabaseNow({ commands, reader, collect }, world.project.id, id)
  expect(await look(fail)).toEqual({ ok: true, value: { failure: { code: 'dns', message: 'x' } } })
  expect(await look(async () => 0)).toEqual({ ok: true, value: null })
})
