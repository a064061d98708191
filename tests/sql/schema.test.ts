import { expect, test } from 'vitest'
import { listFunctions, listTables } from '../support/catalog.ts'
import { testDatabase } from '../support/postgres.ts'

// The questions are those of Supabase's advisors (supabase/splinter), asked anew for what this schema can get wrong.

const { sql } = await testDatabase()
const tables = await listTables(sql)
const functions = await listFunctions(sql)

/** Answers of a query as text, so that a failure names what is wrong. */
async function found(query: string): Promise<string[]> {
  const rows = await sql.unsafe(query)
  return rows.map((row) => Object.values(row).join(' '))
}

test('the catalogue is not empty, so that the answers below mean something', () => {
  expect(tables.length).toBeGreaterThan(20)
  expect(functions.length).toBeGreaterThan(50)
})

test('every table and every partition has row level security', async () => {
  expect(
    await found(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`,
    ),
  ).toEqual([])
})

test('every table has a comment that says what it holds', async () => {
  expect(
    await found(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and coalesce(obj_description(oid, 'pg_class'), '') = ''`),
  ).toEqual([])
})

test('every table has a primary key', async () => {
  expect(
    await found(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not exists (select from pg_index where indrelid = pg_class.oid and indisprimary)`),
  ).toEqual([])
})

test('every tenant table but two has an index that begins with project_id: policies and deletions are answered from it', async () => {
  // Results of the last day are read by monitor alone and dropped by the partition: an index of each would serve nobody.
  expect(
    await found(`select relname from pg_class join pg_attribute on attrelid = pg_class.oid and attname = 'project_id'
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and not exists (select from pg_index where indrelid = pg_class.oid and indkey[0] = attnum and indpred is null)`),
  ).toEqual(['probe_results', 'region_results'])
})

test('every foreign key has an index that begins with its columns', async () => {
  expect(
    await found(`select conrelid::regclass, conname from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0
      and not exists (select from pg_index where indrelid = conrelid and indpred is null
        and (string_to_array(indkey::text, ' '))[1:cardinality(conkey)] @> conkey::text[])`),
  ).toEqual([])
})

test('no two indexes of a table are the same', async () => {
  expect(
    await found(`select indrelid::regclass, array_agg(indexrelid::regclass) from pg_index
      join pg_class on pg_class.oid = indrelid and relnamespace = 'public'::regnamespace
      group by indrelid, indkey::text, indclass::text, indoption::text, coalesce(indpred::text, ''), coalesce(indexprs::text, '')
      having count(*) > 1`),
  ).toEqual([])
})

test('every function has a comment and a fixed, empty search_path', () => {
  expect(functions.filter(({ comment }) => !comment).map(({ signature }) => signature)).toEqual([])
  expect(functions.filter(({ hasSearchPath }) => !hasSearchPath).map(({ signature }) => signature)).toEqual([])
})

test('no function of schema public that people may execute runs with the rights of its owner', async () => {
  expect(
    await found(`select oid::regprocedure from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
      and (has_function_privilege('anon', oid, 'execute') or has_function_privilege('authenticated', oid, 'execute'))`),
  ).toEqual([])
})

test('every policy names its role, and no table has two for one role and operation', async () => {
  expect(
    await found(`select tablename, policyname from pg_policies where schemaname = 'public' and roles = '{public}'`),
  ).toEqual([])
  expect(
    await found(`select tablename, cmd, role from pg_policies cross join unnest(roles) as role
      where schemaname = 'public' and permissive = 'PERMISSIVE' group by 1, 2, 3 having count(*) > 1`),
  ).toEqual([])
})

test('policies ask who the caller is once a statement, not once a row', async () => {
  const policies = await sql<{ policyname: string; condition: string }[]>`
    select policyname, concat_ws(' ', qual, with_check) as condition from pg_policies where schemaname = 'public'`
  const perRow = policies.filter(
    ({ condition }) => /(auth|private)\.\w+\(/.test(condition) && !/SELECT/.test(condition),
  )
  expect(perRow).toEqual([])
  // What users may edit about themselves proves nothing.
  expect(policies.filter(({ condition }) => /user_metadata/.test(condition))).toEqual([])
})

test('schema public holds no view, no materialised view and no extension', async () => {
  expect(
    await found(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm', 'f')`,
    ),
  ).toEqual([])
  expect(await found(`select extname from pg_extension where extnamespace = 'public'::regnamespace`)).toEqual([])
})

test('the API roles own nothing, may create nothing, and reach schema private only by the functions granted to them', async () => {
  expect(
    await found(`select relname from pg_class where relowner in ('anon'::regrole, 'authenticated'::regrole)`),
  ).toEqual([])
  expect(
    await found(`select role, schema from unnest(array['anon', 'authenticated']) as role cross join unnest(array['public', 'private']) as schema
      where has_schema_privilege(role, schema, 'create')`),
  ).toEqual([])
  expect(await found(`select 'anon' where has_schema_privilege('anon', 'private', 'usage')`)).toEqual([])
})

test('every policy has a sentence for a name', async () => {
  const names = await found(`select policyname from pg_policies where schemaname = 'public'`)
  expect(names.filter((name) => !/^[A-Z].* .* /.test(name))).toEqual([])
})
