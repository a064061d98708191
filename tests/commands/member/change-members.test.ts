import { expect, test } from 'vitest'
import { createSettingsCommands } from '../../../lib/adapters/supabase/settings-commands.ts'
import { createSettingsReader } from '../../../lib/adapters/supabase/settings-reader.ts'
import { removeMember } from '../../../lib/commands/member/remove.ts'
import { saveMember } from '../../../lib/commands/member/save.ts'
import { tellingWorld } from '../telling-world.ts'

const world = await tellingWorld()
const { id: projectId } = world.project
const owner = createSettingsCommands(world.clients.owner)
const reader = createSettingsReader(world.clients.viewer)
const roleOf = async (email: string) =>
  (await reader.listMembers(projectId)).find((member) => member.email === email)?.role

test('an owner adds a person with an account, changes their role, and removes them', async () => {
  const { data } = await world.outsider.auth.getUser()
  const email = data.user?.email ?? ''
  expect(await saveMember(owner, projectId, ` ${email.toUpperCase()} `, 'viewer')).toMatchObject({ ok: true })
  expect(await roleOf(email)).toBe('viewer')
  await saveMember(owner, projectId, email, 'responder')
  expect(await roleOf(email)).toBe('responder')
  const [entry] = await world.sql<{ details: unknown }[]>`
    select details from public.audit_entries where action = 'member_changed' and subject_name = ${email}`
  expect(entry?.details).toEqual({ role: { from: 'viewer', to: 'responder' } })
  expect(await removeMember(owner, projectId, data.user?.id ?? '')).toMatchObject({ ok: true })
  expect(await roleOf(email)).toBeUndefined()
  expect(await removeMember(owner, projectId, data.user?.id ?? '')).toMatchObject({ errors: [{ code: 'PT404' }] })
})

test.each([
  ['no address', 'somebody', 'viewer', { field: 'email', code: 'invalid' }],
  ['an address without an account', 'nobody@example.com', 'viewer', { field: 'email', code: 'PT422' }],
  ['a role that does not exist', 'nobody@example.com', 'king', { field: 'role', code: 'invalid' }],
])('%s is refused by its field', async (_name, email, role, error) => {
  expect(await saveMember(owner, projectId, email, role)).toMatchObject({ ok: false, errors: [error] })
})

test('the last owner stays one', async () => {
  const { email, id } = world.people.owner
  expect(await saveMember(owner, projectId, email, 'viewer')).toMatchObject({
    errors: [{ field: 'role', code: 'PT422' }],
  })
  expect(await removeMember(owner, projectId, id)).toMatchObject({ ok: false, errors: [{ code: 'PT422' }] })
  expect(await roleOf(email)).toBe('owner')
})

test.each(['viewer', 'responder', 'admin'] as const)('a %s changes nobody, not even themselves', async (role) => {
  const commands = createSettingsCommands(world.clients[role])
  const { email } = world.people[role]
  expect(await saveMember(commands, projectId, email, 'owner')).toMatchObject({ errors: [{ code: 'PT403' }] })
  expect(await removeMember(commands, projectId, world.people.owner.id)).toMatchObject({ errors: [{ code: 'PT403' }] })
  expect(await roleOf(email)).toBe(role)
})
