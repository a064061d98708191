import { describe, expect, test } from 'vitest'
import { ACTORS, type ActorName, actAs, createWorld, type World } from '../support/actors.ts'
import { listTables, type TableEntry } from '../support/catalog.ts'
import { type Sql, testDatabase } from '../support/postgres.ts'
import { DECLARED_TABLES, isAllowed, OPERATIONS, type Operation } from './declared-access.ts'

const asMigrated = await prepare()
const asGranted = await prepare()
// What the embedded stack does at each of its starts: row level security must stand alone.
await asGranted.sql.unsafe(`
  grant all on all tables in schema public to anon, authenticated, service_role;
  grant all on all sequences in schema public to anon, authenticated, service_role;`)

const TABLES = asMigrated.tables.filter(({ isPartition }) => !isPartition)
const PARTITIONS = asMigrated.tables.filter(({ isPartition }) => isPartition)
const CASES = ACTORS.flatMap((actor) => OPERATIONS.map((operation) => ({ actor, operation })))

test('every table is declared, and everything declared exists', () => {
  expect(Object.keys(DECLARED_TABLES).sort()).toEqual(TABLES.map(({ name }) => name))
})

test('every table holds rows of both projects, so that seeing none is a denial', async () => {
  for (const { name, hasProjectId } of TABLES) {
    const rows = hasProjectId
      ? await asMigrated.sql.unsafe(`select distinct project_id from public.${name} where project_id is not null`)
      : await asMigrated.sql.unsafe(`select 1 from public.${name}`)
    expect(rows.length, name).toBeGreaterThanOrEqual(hasProjectId ? 2 : 1)
  }
  expect(PARTITIONS.length).toBeGreaterThan(2)
})

describe.each([
  ['the grants of the migrations', asMigrated],
  ['everything granted to everybody', asGranted],
])('with %s', (_title, { sql, world }) => {
  describe.each(TABLES.map((table) => [table.name, table] as const))('%s', (name, table) => {
    test.each(CASES)('$actor: $operation', async ({ actor, operation }) => {
      const minimum = DECLARED_TABLES[name]?.[operation] ?? 'nobody'
      expect(await can(sql, world, actor, table, operation)).toBe(isAllowed(actor, minimum))
    })
    test('nobody sees a row of a project that is not theirs', async () => {
      if (!table.hasProjectId) return
      for (const actor of ['viewer', 'responder', 'admin', 'owner'] as const) {
        const seen = await actAs(sql, world, actor, (as) =>
          as.unsafe(`select 1 from public.${name} where project_id = '${world.theirs.projectId}'`),
        )
        expect(seen.ok ? seen.value.length : 0).toBe(0)
      }
    })
  })

  test.each(PARTITIONS.map((table) => [table.name, table] as const))(
    'nobody touches the partition %s by its name',
    async (_name, table) => {
      for (const { actor, operation } of CASES) {
        expect(await can(sql, world, actor, table, operation), `${actor} ${operation}`).toBe(false)
      }
    },
  )
})

test.each(TABLES.map((table) => [table.name, table] as const))(
  'the tasks may read and write %s',
  async (name, table) => {
    const { sql, world } = asMigrated
    const read = await actAs(sql, world, 'service', (as) => as.unsafe(`select 1 from public.${name} limit 1`))
    expect(read).toMatchObject({ ok: true, value: [{}] })
    const column = `"${table.columns[0]}"`
    const written = await actAs(sql, world, 'service', (as) =>
      as.unsafe(`update public.${name} set ${column} = ${column}`),
    )
    expect(written.ok && written.value.count).toBeGreaterThan(0)
  },
)

async function prepare(): Promise<{ sql: Sql; world: World; tables: TableEntry[] }> {
  const { sql } = await testDatabase()
  return { sql, world: await createWorld(sql), tables: await listTables(sql) }
}

/** Tries it on rows of the project that the roles belong to; what was done is undone. */
async function can(
  sql: Sql,
  world: World,
  actor: ActorName,
  table: TableEntry,
  operation: Operation,
): Promise<boolean> {
  const { name, hasProjectId } = table
  // Quoted: a column may be called as a word of SQL is.
  const columns = table.columns.map((one) => `"${one}"`)
  const key = table.name === 'projects' ? 'id' : 'project_id'
  const where = hasProjectId || name === 'projects' ? `where ${key} = '${world.ours.projectId}'` : ''
  const column = columns[0] ?? ''
  const [row] = await sql.unsafe(`select to_jsonb(t) as row from public.${name} as t ${where} limit 1`)
  const list = columns.join(', ')
  const statements: Record<Operation, string> = {
    select: `select 1 from public.${name} ${where}`,
    insert: `insert into public.${name} (${list}) select ${list} from jsonb_populate_record(null::public.${name}, $1)`,
    update: `update public.${name} set ${column} = ${column} ${where}`,
    delete: `delete from public.${name} ${where}`,
  }
  const outcome = await actAs(sql, world, actor, (as) =>
    as.unsafe(statements[operation], operation === 'insert' ? [as.json(row?.row ?? {})] : []),
  )
  // Refused for want of a right, or done to no row. Any other error came after the door.
  if (outcome.ok) return outcome.value.count > 0
  return outcome.code !== '42501'
}
