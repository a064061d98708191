import type postgres from 'postgres'
import { describe, expect, test } from 'vitest'
import { ACTORS, actAs, createWorld, type Outcome } from '../support/actors.ts'
import { listFunctions } from '../support/catalog.ts'
import { testDatabase } from '../support/postgres.ts'
import { isAllowed } from './declared-access.ts'
import { COMMANDS, PRIVATE_FOR_PEOPLE, READS, SERVICE_ONLY } from './declared-functions.ts'

const { sql } = await testDatabase()
const world = await createWorld(sql)
const functions = await listFunctions(sql)
const ofPublic = functions.filter(({ schema, isTrigger }) => schema === 'public' && !isTrigger)
const ofPrivate = functions.filter(({ schema }) => schema === 'private')

test('every function of the API is declared, and everything declared exists', () => {
  const declared = [...Object.keys(COMMANDS), ...Object.keys(READS), ...SERVICE_ONLY].sort()
  expect(declared).toEqual([...new Set(ofPublic.map(({ name }) => name))].sort())
})

describe.each(ofPublic.map(({ name, signature }) => [signature, name] as const))('%s', (signature, name) => {
  const isForPeople = name in COMMANDS || name in READS
  test('nobody calls it without signing in', async () => {
    expect(await mayExecute('anon', signature)).toBe(false)
    expect(await mayExecute('public', signature)).toBe(false)
  })
  test(isForPeople ? 'signed-in people may call it' : 'only the tasks may call it', async () => {
    expect(await mayExecute('authenticated', signature)).toBe(isForPeople)
    if (!isForPeople) expect(await mayExecute('service_role', signature)).toBe(true)
  })
})

test('of schema private, people may execute the commands and what policies and read models lean on, nothing else', async () => {
  const open: string[] = []
  for (const { name, signature } of ofPrivate) if (await mayExecute('authenticated', signature)) open.push(name)
  const commands = Object.keys(COMMANDS).map((name) => `command_${name}`)
  expect(open.sort()).toEqual([...PRIVATE_FOR_PEOPLE, ...commands].sort())
  for (const { signature } of ofPrivate) expect(await mayExecute('anon', signature), signature).toBe(false)
})

describe.each(Object.entries(COMMANDS))('%s', (name, { minimum, call, refusals, foreign }) => {
  test.each(ACTORS)(`%s (from ${minimum} on it is allowed)`, async (actor) => {
    const outcome = await run(actor, name, call(world))
    if (isAllowed(actor, minimum)) {
      expect(outcome).toMatchObject({ ok: true })
      expect((outcome as { value: unknown }).value).not.toBe(false)
      return
    }
    if (actor === 'anon') return expect(outcome).toMatchObject({ ok: false, code: '42501' })
    const code = actor === 'outsider' ? (refusals?.outsider ?? 'PT404') : (refusals?.below ?? 'PT403')
    expect(outcome).toMatchObject(code === '' ? { ok: true } : { ok: false, code })
  })
  if (foreign === undefined) return
  test('an owner who names something of another project changes nothing there', async () => {
    const before = await snapshotTheirs(sql)
    const after = await actAs(sql, world, 'owner', async (as) => {
      const answer = await invoke(as, name, foreign(world))
      await as`reset role`
      return { answer, theirs: await snapshotTheirs(as) }
    })
    if (after.ok) {
      expect([false, 0]).toContain(after.value.answer)
      expect(after.value.theirs).toEqual(before)
    } else {
      expect(after.code).toBe('PT404')
    }
  })
})

describe.each(Object.entries(READS))('%s', (name, { call, tells }) => {
  test('tells a viewer of the project', async () => {
    const outcome = await run('viewer', name, call(world))
    expect(outcome).toMatchObject({ ok: true })
    expect(isEmpty(outcome.ok ? tells(outcome.value) : null)).toBe(false)
  })
  test('tells an outsider nothing, and a visitor less', async () => {
    const outcome = await run('outsider', name, call(world))
    expect(outcome).toMatchObject({ ok: true })
    expect(isEmpty(outcome.ok ? tells(outcome.value) : 'an error')).toBe(true)
    expect(await run('anon', name, call(world))).toMatchObject({ ok: false, code: '42501' })
  })
})

test('somebody who owns no project may not open one', async () => {
  const [text, values] = COMMANDS.create_project?.call(world) ?? ['', []]
  const stranger = { ...world, userIds: { ...world.userIds, outsider: world.newcomer.id } }
  const outcome = await actAs(sql, stranger, 'outsider', (as) => invoke(as, 'create_project', [text, values]))
  expect(outcome).toMatchObject({ ok: false, code: 'PT403' })
})

test('the last owner of a project cannot be removed or demoted, not even by themselves', async () => {
  const remove = await run('owner', 'remove_member', ['$1, $2', [world.ours.projectId, world.userIds.owner]])
  expect(remove).toMatchObject({ ok: false, code: 'PT422' })
  const demote = await run('owner', 'save_member', ["$1, $2, 'viewer'", [world.ours.projectId, world.emails.owner]])
  expect(demote).toMatchObject({ ok: false, code: 'PT422' })
})

test('a project of somebody else and one that does not exist get the same answer', async () => {
  const foreign = await run('owner', 'save_project', ['$1, $2', [world.theirs.projectId, {}]])
  const absent = await run('owner', 'save_project', ['$1, $2', ['00000000-0000-4000-8000-000000000000', {}]])
  expect(foreign).toMatchObject({ ok: false, code: 'PT404' })
  expect(absent).toEqual(foreign)
})

async function mayExecute(role: string, signature: string): Promise<boolean> {
  const [row] = await sql`select has_function_privilege(${role}, ${signature}::regprocedure, 'execute') as may`
  return row?.may as boolean
}

type Runner = postgres.TransactionSql

async function invoke(as: Runner, name: string, [text, values]: [string, unknown[]]): Promise<unknown> {
  const parameters = values.map((value) => (isPlainObject(value) ? as.json(value as never) : value))
  const [row] = await as.unsafe(`select public.${name}(${text}) as answer`, parameters as never[])
  return row?.answer
}

function run(actor: (typeof ACTORS)[number], name: string, call: [string, unknown[]]): Promise<Outcome<unknown>> {
  return actAs(sql, world, actor, (as) => invoke(as, name, call))
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return value === null || value === undefined
}

/** Everything of the other project that a command could change. */
async function snapshotTheirs(as: postgres.Sql | Runner): Promise<unknown> {
  const { projectId } = world.theirs
  const [row] = await as`
    select jsonb_build_array(
      (select jsonb_agg(t) from public.monitors as t where project_id = ${projectId}),
      (select jsonb_agg(t) from public.monitor_states as t where project_id = ${projectId}),
      (select jsonb_agg(t) from public.channels as t where project_id = ${projectId}),
      (select jsonb_agg(t order by id) from public.notifications as t where project_id = ${projectId}),
      (select jsonb_agg(t) from public.incidents as t where project_id = ${projectId}),
      (select jsonb_agg(t) from public.api_keys as t where project_id = ${projectId}),
      (select jsonb_agg(t) from public.memberships as t where project_id = ${projectId})) as everything`
  return row?.everything
}
