import { expect, test } from 'vitest'
import { createSettingsCommands } from '../../../lib/adapters/supabase/settings-commands.ts'
import { createSettingsReader } from '../../../lib/adapters/supabase/settings-reader.ts'
import { createProject } from '../../../lib/commands/project/create.ts'
import { saveProject } from '../../../lib/commands/project/save.ts'
import { tellingWorld } from '../telling-world.ts'

const world = await tellingWorld()
const settings = { name: 'Shop', timeZone: 'Europe/Paris', locale: 'en', reportRecipients: [] as string[] }
const as = (role: 'viewer' | 'responder' | 'admin' | 'owner') => createSettingsCommands(world.clients[role])

test('an admin changes the settings, and the log says from which value to which', async () => {
  const changed = { ...settings, name: 'Boutique', reportRecipients: ['ceo@example.com'] }
  expect(await saveProject(as('admin'), world.project.id, changed)).toEqual({ ok: true, value: null })
  expect(await createSettingsReader(world.clients.viewer).readSettings(world.project.id)).toMatchObject(changed)
  const [entry] = await world.sql<{ details: unknown }[]>`
    select details from public.audit_entries where project_id = ${world.project.id} and action = 'project_updated'`
  expect(entry?.details).toEqual({
    name: { from: 'Shop', to: 'Boutique' },
    report_recipients: { from: [], to: ['ceo@example.com'] },
  })
})

test('saving what is already so leaves no line in the log', async () => {
  await saveProject(as('admin'), world.project.id, settings)
  const count = () => world.sql`select from public.audit_entries where action = 'project_updated'`
  const before = await count()
  await saveProject(as('admin'), world.project.id, settings)
  expect(await count()).toHaveLength(before.length)
})

test.each([
  ['an empty name', { name: ' ' }, { field: 'name' }],
  ['a zone that does not exist', { timeZone: 'Mars/Olympus' }, { field: 'timeZone' }],
  ['a language that is not written', { locale: 'de' }, { field: 'locale' }],
  [
    'a recipient that is no address',
    { reportRecipients: ['a@example.com', 'b'] },
    { field: 'reportRecipients', given: 'b' },
  ],
])('%s is refused by its field and changes nothing', async (_name, given, error) => {
  const answer = await saveProject(as('admin'), world.project.id, { ...settings, ...given })
  expect(answer).toMatchObject({ ok: false, errors: [error] })
})

test.each(['viewer', 'responder'] as const)('a %s changes no settings', async (role) => {
  const answer = await saveProject(as(role), world.project.id, { ...settings, name: 'Mine' })
  expect(answer).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
})

test('an owner opens a further project and owns it; an admin does not; a taken key is refused', async () => {
  const draft = { slug: 'second', name: 'Second', timeZone: 'UTC', locale: 'fr' }
  expect(await createProject(as('admin'), draft)).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  expect(await createProject(as('owner'), draft)).toEqual({
    ok: true,
    value: expect.objectContaining({ slug: 'second' }),
  })
  expect(await createProject(as('owner'), draft)).toMatchObject({ errors: [{ field: 'slug', code: 'PT409' }] })
  expect(await createProject(as('owner'), { ...draft, slug: 'A B' })).toMatchObject({ errors: [{ field: 'slug' }] })
  expect(await createProject(as('owner'), { ...draft, slug: 'status' })).toMatchObject({
    errors: [
      { field: 'slug', message: expect.stringMatching(/^must not be one of .*status.*: these addresses are taken$/) },
    ],
  })
})
