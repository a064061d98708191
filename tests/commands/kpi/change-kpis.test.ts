import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createKpiCommands } from '../../../lib/adapters/supabase/kpi-commands.ts'
import { createKpiReader } from '../../../lib/adapters/supabase/kpi-reader.ts'
import { createKpiSecretReader } from '../../../lib/adapters/supabase/kpi-store.ts'
import { createSecretBox } from '../../../lib/adapters/system/secret-box.ts'
import { chooseDigestChannels } from '../../../lib/commands/kpi/choose-digest-channels.ts'
import { deleteKpi } from '../../../lib/commands/kpi/delete.ts'
import { type KpiDraft, parseKpi } from '../../../lib/commands/kpi/parse-kpi.ts'
import { runDraft } from '../../../lib/commands/kpi/run-draft.ts'
import { saveKpi } from '../../../lib/commands/kpi/save.ts'
import type { FigureQuestion } from '../../../lib/ports/figure-reader.ts'
import { tellingWorld } from '../telling-world.ts'

const world = await tellingWorld()
const secretBox = createSecretBox('a key for tests')
const projectId = world.project.id
const DATABASE = 'postgres://ann:hunter2@db.example.com/shop'

const draft = (changes: Partial<KpiDraft> = {}): KpiDraft => ({
  key: `kpi-${randomUUID().slice(0, 8)}`,
  name: 'Active users',
  unit: 'users',
  kind: 'sql',
  query: 'select count(*) from users',
  schedule: '0 * * * *',
  timeZone: 'Europe/Paris',
  lowerLimit: '',
  upperLimit: '',
  database: DATABASE,
  ...changes,
})

const as = (role: keyof typeof world.clients) => ({ commands: createKpiCommands(world.clients[role]), secretBox })
const save = (given: KpiDraft, id: string | null = null) => saveKpi(as('admin'), projectId, id, given)
const rowOf = async (id: string) => (await world.sql`select * from public.kpis where id = ${id}`)[0]
const idOf = async (given: KpiDraft) => {
  const saved = await save(given)
  if (!saved.ok) throw new Error(JSON.stringify(saved.errors))
  return saved.value.id
}

describe('a draft', () => {
  it.each<[Partial<KpiDraft>, string]>([
    [{ key: 'Active Users' }, 'key'],
    [{ key: 'new' }, 'key'],
    [{ name: ' ' }, 'name'],
    [{ query: ' ' }, 'query'],
    [{ schedule: 'hourly' }, 'schedule'],
    [{ timeZone: 'Paris' }, 'timeZone'],
    [{ lowerLimit: 'ten' }, 'lowerLimit'],
    [{ lowerLimit: '2', upperLimit: '1,5' }, 'upperLimit'],
    [{ database: 'db.example.com' }, 'database'],
  ])('%o names the field %s', (changes, field) => {
    expect(parseKpi(draft(changes))).toMatchObject({ ok: false, errors: [{ field }] })
  })

  it('takes a comma for a point, and of a pushed KPI neither query nor connection string', () => {
    expect(parseKpi(draft({ lowerLimit: '0,5' }))).toMatchObject({ ok: true, value: { spec: { lowerLimit: 0.5 } } })
    const pushed = parseKpi(draft({ kind: 'pushed', query: '', schedule: '', database: 'nonsense' }))
    expect(pushed).toMatchObject({ ok: true, value: { database: null } })
  })
})

describe('saving', () => {
  it('seals the connection string, makes the query due at once, and notes who did it, without the secret', async () => {
    const id = await idOf(draft())
    expect(await rowOf(id)).toMatchObject({ has_connection: true, next_run_at: expect.any(Date), last_value: null })
    const ciphertext = await createKpiSecretReader(world.service).findCiphertext(projectId, id)
    expect(ciphertext && secretBox.open(ciphertext)).toEqual({ database: DATABASE })
    const audit = await world.sql`select * from public.audit_entries where subject_id = ${id}`
    expect(audit).toMatchObject([{ action: 'kpi_created', actor_name: world.people.admin.email }])
    expect(JSON.stringify([audit, await rowOf(id), ciphertext])).not.toContain('hunter2')
    const listed = await createKpiReader(world.clients.viewer).list(projectId)
    expect(JSON.stringify(listed)).toContain(id)
    expect(JSON.stringify(listed)).not.toMatch(/hunter2|ciphertext/)
  })

  it('keeps the connection string when none is given, and demands one for a query that has none', async () => {
    const given = draft()
    const id = await idOf(given)
    expect(await save({ ...given, database: null }, id)).toMatchObject({ ok: true, value: { result: 'unchanged' } })
    expect(await save({ ...given, query: 'select 2', database: null }, id)).toMatchObject({
      value: { result: 'updated' },
    })
    expect(await save(draft({ database: null }))).toMatchObject({
      ok: false,
      errors: [{ field: 'database', code: 'PT422' }],
    })
    expect(await save({ ...given, kind: 'pushed', database: null }, id)).toMatchObject({ ok: true })
    expect(await createKpiSecretReader(world.service).findCiphertext(projectId, id)).toBeNull()
  })

  it('forgets the figure of another query, and what failed before', async () => {
    const given = draft()
    const id = await idOf(given)
    await world.sql`update public.kpis set last_value = 3, last_fault = 'failed', can_write = true where id = ${id}`
    await save({ ...given, name: 'Users', database: null }, id)
    expect(await rowOf(id)).toMatchObject({ last_value: 3, last_fault: null, can_write: true })
    await save({ ...given, query: 'select 2' }, id)
    expect(await rowOf(id)).toMatchObject({ last_value: null, can_write: null })
  })

  it('refuses a key that is taken, a fifty-first KPI, and everybody below an admin', async () => {
    const given = draft()
    await idOf(given)
    expect(await save(draft({ key: given.key }))).toMatchObject({
      ok: false,
      errors: [{ field: 'key', code: 'PT409' }],
    })
    for (const role of ['viewer', 'responder'] as const) {
      expect(await saveKpi(as(role), projectId, null, draft())).toMatchObject({
        ok: false,
        errors: [{ code: 'PT403' }],
      })
    }
    const outsider = { commands: createKpiCommands(world.outsider), secretBox }
    expect(await saveKpi(outsider, projectId, null, draft())).toMatchObject({ ok: false, errors: [{ code: 'PT404' }] })
    await world.sql`
      insert into public.kpis (project_id, key, name, kind)
      select ${projectId}, 'many-' || n, 'x', 'pushed' from generate_series(1, 50) as n`
    expect(await save(draft())).toMatchObject({ ok: false, errors: [{ code: 'PT422' }] })
    await world.sql`delete from public.kpis where key like 'many-%'`
  })
})

describe('running a draft', () => {
  const asked: FigureQuestion[] = []
  const figures = {
    read: async (question: FigureQuestion) => {
      asked.push(question)
      return { ok: true, value: 42, canWrite: false } as const
    },
  }
  const deps = { figures, secrets: createKpiSecretReader(world.service), secretBox }

  it('takes the stored connection string of this project’s KPI, and of no other', async () => {
    const id = await idOf(draft())
    expect(await runDraft(deps, 'admin', projectId, id, draft({ database: null }))).toMatchObject({
      value: { value: 42 },
    })
    expect(asked.at(-1)).toMatchObject({
      connection: { host: 'db.example.com', password: 'hunter2' },
      inspectsRole: true,
    })
    const foreign = await runDraft(deps, 'admin', randomUUID(), id, draft({ database: null }))
    expect(foreign).toMatchObject({ ok: false, errors: [{ field: 'database' }] })
  })

  it('is for admins, stores nothing, and asks nobody when the draft is wrong', async () => {
    const count = asked.length
    expect(await runDraft(deps, 'responder', projectId, null, draft())).toMatchObject({ errors: [{ code: 'PT403' }] })
    expect(await runDraft(deps, 'admin', projectId, null, draft({ query: '' }))).toMatchObject({ ok: false })
    expect(await runDraft(deps, 'admin', projectId, null, draft({ kind: 'pushed' }))).toMatchObject({ ok: false })
    expect(asked).toHaveLength(count)
  })
})

it('deleting takes the connection string along, once, and is for admins', async () => {
  const id = await idOf(draft())
  expect(await deleteKpi(as('responder').commands, projectId, id)).toMatchObject({ errors: [{ code: 'PT403' }] })
  expect(await deleteKpi(as('admin').commands, projectId, id)).toEqual({ ok: true, value: null })
  expect(await deleteKpi(as('admin').commands, projectId, id)).toMatchObject({ errors: [{ code: 'PT404' }] })
  expect(await createKpiSecretReader(world.service).findCiphertext(projectId, id)).toBeNull()
})

it('channels of the digest are those of the project, chosen by admins, and noted when they change', async () => {
  const channelId = await world.makeChannel('digest')
  const { commands } = as('admin')
  expect(await chooseDigestChannels(commands, projectId, [channelId])).toEqual({ ok: true, value: true })
  expect(await chooseDigestChannels(commands, projectId, [channelId])).toEqual({ ok: true, value: false })
  expect(await createKpiReader(world.clients.viewer).listDigestChannels(projectId)).toEqual([channelId])
  expect(await createKpiReader(world.outsider).listDigestChannels(projectId)).toEqual([])
  expect(await chooseDigestChannels(commands, projectId, [randomUUID()])).toMatchObject({ ok: false })
  expect(await chooseDigestChannels(commands, projectId, ['x'])).toMatchObject({ errors: [{ field: 'channels' }] })
  expect(await chooseDigestChannels(as('viewer').commands, projectId, [])).toMatchObject({
    errors: [{ code: 'PT403' }],
  })
  expect(await chooseDigestChannels(commands, projectId, [])).toEqual({ ok: true, value: true })
})
