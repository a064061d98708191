import { expect, test } from 'vitest'
import { createSiteCommands } from '../../../lib/adapters/supabase/site-commands.ts'
import { createVitalReader } from '../../../lib/adapters/supabase/vital-reader.ts'
import { createVitalStore } from '../../../lib/adapters/supabase/vital-store.ts'
import { rotateSiteKey } from '../../../lib/commands/site/rotate-key.ts'
import { saveSite } from '../../../lib/commands/site/save.ts'
import { tellingWorld } from '../telling-world.ts'

const world = await tellingWorld()
const projectId = world.project.id
const as = (role: 'viewer' | 'responder' | 'admin' | 'owner') => createSiteCommands(world.clients[role])
const site = () => createVitalReader(world.clients.viewer).readSite(projectId)
const log = (action: string) =>
  world.sql<{ details: unknown }[]>`
    select details from public.audit_entries where project_id = ${projectId} and action = ${action} order by id`

test('every project has a key from its first moment, which finds the project and nothing else', async () => {
  const { publicKey, allowedOrigins } = await site()
  expect(publicKey).toMatch(/^site_[\da-f]{32}$/)
  expect(allowedOrigins).toEqual([])
  const store = createVitalStore(world.service)
  expect(await store.findSite(publicKey)).toEqual({ projectId, allowedOrigins: [] })
  expect(await store.findSite('site_of_nobody')).toBeNull()
})

test('an admin sets the origins; addresses count by their origin, twice the same is once; the log says which', async () => {
  const given = ['https://shop.example.com/cart?x=1', 'https://shop.example.com', 'http://localhost:3000']
  expect(await saveSite(as('admin'), projectId, { allowedOrigins: given })).toEqual({ ok: true, value: null })
  const saved = ['https://shop.example.com', 'http://localhost:3000']
  expect((await site()).allowedOrigins).toEqual(saved)
  await saveSite(as('admin'), projectId, { allowedOrigins: given })
  expect(await log('site_updated')).toEqual([{ details: { allowed_origins: saved } }])
})

test.each([
  ['no address', 'shop'],
  ['no web address', 'ftp://shop.example.com'],
  ['a script', 'javascript:alert(1)'],
])('%s is refused by its field and changes nothing', async (_name, given) => {
  const before = await site()
  const answer = await saveSite(as('admin'), projectId, { allowedOrigins: ['https://a.example.com', given] })
  expect(answer).toMatchObject({ ok: false, errors: [{ field: 'allowedOrigins', code: 'invalid', given }] })
  expect(await site()).toEqual(before)
})

test('more than twenty origins are refused', async () => {
  const allowedOrigins = Array.from({ length: 21 }, (_, index) => `https://${index}.example.com`)
  const answer = await saveSite(as('admin'), projectId, { allowedOrigins })
  expect(answer).toMatchObject({ ok: false, errors: [{ field: 'allowedOrigins', code: 'too_many' }] })
})

test('a new key takes the place of the old one at once, and the log says that it did without naming either', async () => {
  const store = createVitalStore(world.service)
  const before = await site()
  expect(await rotateSiteKey(as('owner'), projectId)).toEqual({ ok: true, value: null })
  const after = await site()
  expect(after.publicKey).not.toBe(before.publicKey)
  expect(await store.findSite(before.publicKey)).toBeNull()
  expect(await store.findSite(after.publicKey)).toMatchObject({ projectId })
  expect(JSON.stringify(await log('site_key_rotated'))).not.toContain('site_')
})

test.each(['viewer', 'responder'] as const)('a %s changes neither the origins nor the key', async (role) => {
  const before = await site()
  expect(await saveSite(as(role), projectId, { allowedOrigins: [] })).toMatchObject({ errors: [{ code: 'PT403' }] })
  expect(await rotateSiteKey(as(role), projectId)).toMatchObject({ errors: [{ code: 'PT403' }] })
  expect(await site()).toEqual(before)
})
