import { expect, test } from 'vitest'
import { createSettingsCommands } from '../../../lib/adapters/supabase/settings-commands.ts'
import { createSettingsReader } from '../../../lib/adapters/supabase/settings-reader.ts'
import { hashApiKey } from '../../../lib/adapters/system/hash-api-key.ts'
import { mintApiKey } from '../../../lib/adapters/system/mint-api-key.ts'
import { createApiKey } from '../../../lib/commands/api-key/create.ts'
import { revokeApiKey } from '../../../lib/commands/api-key/revoke.ts'
import type { Role } from '../../../lib/domain/monitor/role.ts'
import { tellingWorld } from '../telling-world.ts'

const world = await tellingWorld()
const { id: projectId } = world.project
const create = (role: Role, name: string, scopes: string[] = ['read']) =>
  createApiKey({ commands: createSettingsCommands(world.clients[role]), mintKey: mintApiKey }, projectId, {
    name,
    scopes,
  })

test('a key is shown once; what is kept is its hash and its first characters', async () => {
  const made = await create('admin', 'deploy script', ['read', 'write'])
  const key = made.ok ? made.value.key : ''
  const [row] = await world.sql<{ hash: string; prefix: string }[]>`select hash, prefix from public.api_keys`
  expect(row).toEqual({ hash: hashApiKey(key), prefix: key.slice(0, 12) })
  const listed = await createSettingsReader(world.clients.admin).listApiKeys(projectId)
  expect(JSON.stringify(listed)).not.toContain(key)
  expect(listed[0]).toMatchObject({
    name: 'deploy script',
    scopes: ['read', 'write'],
    lastUsedAt: null,
    revokedAt: null,
  })
})

test('a revoked key stays listed as such and cannot be revoked again', async () => {
  await create('admin', 'old')
  const reader = createSettingsReader(world.clients.admin)
  const id = (await reader.listApiKeys(projectId)).find(({ name }) => name === 'old')?.id ?? ''
  const commands = createSettingsCommands(world.clients.admin)
  expect(await revokeApiKey(commands, projectId, id)).toMatchObject({ ok: true })
  expect((await reader.listApiKeys(projectId)).find((key) => key.id === id)?.revokedAt).not.toBeNull()
  expect(await revokeApiKey(commands, projectId, id)).toMatchObject({ errors: [{ code: 'PT404' }] })
})

test.each([
  ['no name', '', ['read'], 'name'],
  ['no scope', 'x', [], 'scopes'],
  ['an unknown scope', 'x', ['read', 'everything'], 'scopes'],
])('%s is refused by its field', async (_name, name, scopes, field) => {
  expect(await create('admin', name, scopes)).toMatchObject({ ok: false, errors: [{ field }] })
})

test.each(['viewer', 'responder'] as const)('a %s makes no key and sees none', async (role) => {
  expect(await create(role, 'mine')).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  expect(await createSettingsReader(world.clients[role]).listApiKeys(projectId)).toEqual([])
})
