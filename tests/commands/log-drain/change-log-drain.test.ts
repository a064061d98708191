import { expect, test } from 'vitest'
import {
  createLogDrainCommands,
  createLogDrainReader,
  createLogDrainStore,
} from '../../../lib/adapters/supabase/log-drains.ts'
import { createSecretBox } from '../../../lib/adapters/system/secret-box.ts'
import { deleteLogDrain } from '../../../lib/commands/log-drain/delete.ts'
import { type LogDrainDraft, saveLogDrain } from '../../../lib/commands/log-drain/save.ts'
import type { Role } from '../../../lib/domain/monitor/role.ts'
import { tellingWorld } from '../telling-world.ts'

const SECRET = 'a-secret-of-the-drain'
const world = await tellingWorld()
const { id: projectId } = world.project
const secretBox = createSecretBox('a key of the tests')
const save = (role: Role, draft: LogDrainDraft) =>
  saveLogDrain({ commands: createLogDrainCommands(world.clients[role]), secretBox }, projectId, draft)
const reader = createLogDrainReader(world.clients.viewer)
const store = createLogDrainStore(world.service)

test('nothing is there before anything is set, and nothing can be deleted', async () => {
  expect(await reader.findLogDrain(projectId)).toBeNull()
  expect(await deleteLogDrain(createLogDrainCommands(world.clients.admin), projectId)).toMatchObject({
    errors: [{ code: 'PT404' }],
  })
})

test('the secret is kept sealed, and only the machine gets it back', async () => {
  expect(await save('admin', { verifyToken: ' code ', secret: SECRET })).toEqual({ ok: true, value: true })
  const facts = await reader.findLogDrain(projectId)
  expect(facts).toEqual({
    verifyToken: 'code',
    hasSecret: true,
    lastReceivedAt: null,
    lastError: null,
    lastErrorAt: null,
  })
  const found = await store.find(projectId)
  expect(found?.secretCiphertext).not.toContain(SECRET)
  expect(secretBox.open(found?.secretCiphertext ?? '')).toEqual({ secret: SECRET })
})

test('saving without a new secret keeps it, and saving the same changes nothing', async () => {
  expect(await save('admin', { verifyToken: 'code', secret: null })).toEqual({ ok: true, value: false })
  expect(await reader.findLogDrain(projectId)).toMatchObject({ hasSecret: true })
})

test('what came and what was turned away is noted', async () => {
  await store.note(projectId, 'wrong_signature')
  expect(await reader.findLogDrain(projectId)).toMatchObject({ lastError: 'wrong_signature', lastReceivedAt: null })
  await store.note(projectId, null)
  const facts = await reader.findLogDrain(projectId)
  expect(facts).toMatchObject({ lastError: null, lastReceivedAt: expect.any(Number) })
})

test('the secret can be taken away', async () => {
  expect(await save('admin', { verifyToken: 'code', secret: '' })).toEqual({ ok: true, value: true })
  expect(await store.find(projectId)).toMatchObject({ hasSecret: false, secretCiphertext: null })
})

test.each<[string, LogDrainDraft, string]>([
  ['a code that is no header', { verifyToken: 'a\r\nb', secret: null }, 'verifyToken'],
  ['a short secret', { verifyToken: '', secret: 'short' }, 'secret'],
  ['a secret with spaces', { verifyToken: '', secret: 'eight or more' }, 'secret'],
])('%s is refused by its field', async (_, draft, field) => {
  expect(await save('admin', draft)).toMatchObject({ ok: false, errors: [{ field, code: 'invalid' }] })
})

test.each(['viewer', 'responder'] as const)('a %s changes nothing', async (role) => {
  expect(await save(role, { verifyToken: 'mine', secret: null })).toMatchObject({ errors: [{ code: 'PT403' }] })
  expect(await deleteLogDrain(createLogDrainCommands(world.clients[role]), projectId)).toMatchObject({
    errors: [{ code: 'PT403' }],
  })
  expect(await reader.findLogDrain(projectId)).toMatchObject({ verifyToken: 'code' })
})

test('what is deleted is gone, and all of it is in the audit log, without the secret', async () => {
  expect(await deleteLogDrain(createLogDrainCommands(world.clients.admin), projectId)).toEqual({
    ok: true,
    value: null,
  })
  expect(await store.find(projectId)).toBeNull()
  const entries = await world.sql<{ action: string; details: object }[]>`
    select action, details from public.audit_entries where subject_kind = 'log_drain' order by id`
  expect(entries.map(({ action, details }) => [action, details])).toEqual([
    ['log_drain_saved', { verify_token: { from: '', to: 'code' }, secret: 'changed' }],
    ['log_drain_saved', { secret: 'removed' }],
    ['log_drain_deleted', {}],
  ])
  expect(JSON.stringify(entries)).not.toContain(SECRET)
})
