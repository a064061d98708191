import { expect, test } from 'vitest'
import { createIntegrationCommands } from '../../../lib/adapters/supabase/integration-commands.ts'
import { createIntegrationReader } from '../../../lib/adapters/supabase/integration-reader.ts'
import { mintSecret } from '../../../lib/adapters/system/mint-secret.ts'
import { createSecretBox } from '../../../lib/adapters/system/secret-box.ts'
import { deleteIntegration } from '../../../lib/commands/integration/delete.ts'
import { type IntegrationDraft, saveIntegration } from '../../../lib/commands/integration/save.ts'
import type { Role } from '../../../lib/domain/monitor/role.ts'
import { tellingWorld } from '../telling-world.ts'

const world = await tellingWorld()
const secretBox = createSecretBox('a key for tests')

function draftOf(kind: string, given: Partial<IntegrationDraft> = {}): IntegrationDraft {
  return { kind, name: kind, enabled: true, secret: '', organization: '', project: '', token: null, ...given }
}

function save(role: Role, id: string | null, draft: IntegrationDraft) {
  const deps = { commands: createIntegrationCommands(world.clients[role]), secretBox, mintSecret }
  return saveIntegration(deps, world.project.id, id, draft)
}

async function create(kind: string, given: Partial<IntegrationDraft> = {}) {
  const made = await save('admin', null, draftOf(kind, given))
  if (!made.ok) throw new Error(made.errors[0]?.message)
  return made.value
}

async function find(id: string) {
  const all = await createIntegrationReader(world.clients.admin).list(world.project.id)
  return all.find((one) => one.id === id)
}

async function storedSecret(id: string, purpose: 'webhook' | 'api'): Promise<unknown> {
  const [row] = await world.sql<{ ciphertext: string }[]>`
    select ciphertext from public.integration_secrets where integration_id = ${id} and purpose = ${purpose}`
  return row === undefined ? null : secretBox.open(row.ciphertext)
}

test.each(['github', 'railway'])('%s gets a secret of ours, shown once and stored sealed', async (kind) => {
  const { id, key, secret } = await create(kind)
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(key).toMatch(/^[0-9a-f]{32}$/)
  expect(await storedSecret(id, 'webhook')).toBe(secret)
  const shown = await find(id)
  expect(shown).toMatchObject({ kind, key, hasSecret: true, lastReceivedAt: null, lastError: null })
  expect(JSON.stringify(shown)).not.toContain(secret ?? '')
})

test.each(['vercel', 'sentry'])('%s waits for the secret that the platform shows, and takes it later', async (kind) => {
  const { id, secret } = await create(kind)
  expect(secret).toBeNull()
  expect((await find(id))?.hasSecret).toBe(false)
  await save('admin', id, draftOf(kind, { secret: 'secret-of-the-platform' }))
  expect(await storedSecret(id, 'webhook')).toBe('secret-of-the-platform')
  expect((await find(id))?.hasSecret).toBe(true)
})

test('saving without a secret keeps the old one, and asking for a new one replaces it', async () => {
  const { id, secret } = await create('github')
  await save('admin', id, draftOf('github', { name: 'renamed', secret: null }))
  expect(await storedSecret(id, 'webhook')).toBe(secret)
  const renewed = await save('admin', id, draftOf('github', { secret: '' }))
  expect(renewed.ok && renewed.value.secret !== secret).toBe(true)
  expect(await storedSecret(id, 'webhook')).toBe(renewed.ok ? renewed.value.secret : '')
})

test('the token of the API of Sentry is set, kept and removed by itself', async () => {
  const { id } = await create('sentry', { organization: 'acme', project: 'shop', token: 'sntrys_0123456789abcdef' })
  expect(await find(id)).toMatchObject({ hasToken: true, sentry: { organization: 'acme', project: 'shop' } })
  await save('admin', id, draftOf('sentry', { organization: 'acme', project: 'shop' }))
  expect(await storedSecret(id, 'api')).toBe('sntrys_0123456789abcdef')
  await save('admin', id, draftOf('sentry', { token: '' }))
  expect(await find(id)).toMatchObject({ hasToken: false, sentry: { organization: '', project: '' } })
})

test.each<[string, Partial<IntegrationDraft>, string]>([
  ['no name', { name: ' ' }, 'name'],
  ['a kind that there is not', { kind: 'heroku' }, 'kind'],
  ['a short secret', { secret: 'short' }, 'secret'],
  ['a secret with a space', { secret: 'a secret with spaces in it' }, 'secret'],
  ['an organization that is no slug', { organization: 'Acme Corp' }, 'organization'],
])('%s is refused by its field, and nothing is stored', async (_, wrong, field) => {
  const before = await world.sql`select from public.integrations`
  expect(await save('admin', null, draftOf('sentry', wrong))).toMatchObject({ ok: false, errors: [{ field }] })
  expect(await world.sql`select from public.integrations`).toHaveLength(before.length)
})

test.each(['viewer', 'responder'] as const)('a %s sees, makes, changes and deletes no connection', async (role) => {
  const { id } = await create('github')
  const refused = { ok: false, errors: [{ code: 'PT403' }] }
  const commands = createIntegrationCommands(world.clients[role])
  expect(await save(role, null, draftOf('github'))).toMatchObject(refused)
  expect(await save(role, id, draftOf('github'))).toMatchObject(refused)
  expect(await deleteIntegration(commands, world.project.id, id)).toMatchObject(refused)
  expect(await createIntegrationReader(world.clients[role]).list(world.project.id)).toEqual([])
  expect(await find(id)).toBeDefined()
})

test('an admin deletes a connection with its secrets; a second time there is none', async () => {
  const { id } = await create('github')
  const commands = createIntegrationCommands(world.clients.admin)
  expect(await deleteIntegration(commands, world.project.id, id)).toMatchObject({ ok: true })
  expect(await storedSecret(id, 'webhook')).toBeNull()
  expect(await deleteIntegration(commands, world.project.id, id)).toMatchObject({ errors: [{ code: 'PT404' }] })
})

test('the audit log says who connected and that a secret changed, never the secret', async () => {
  const { id } = await create('vercel')
  await save('admin', id, draftOf('vercel', { name: 'Shop', secret: 'secret-of-the-platform' }))
  const entries = await world.sql<{ action: string; details: unknown }[]>`
    select action, details from public.audit_entries where subject_id = ${id} order by id`
  expect(entries.map(({ action }) => action)).toEqual(['integration_created', 'integration_updated'])
  expect(entries[1]?.details).toEqual({ name: { from: 'vercel', to: 'Shop' }, secret: 'changed' })
  expect(JSON.stringify(entries)).not.toContain('secret-of-the-platform')
})
