import type { Sql } from './postgres.ts'

export interface TableEntry {
  name: string
  isPartition: boolean
  hasProjectId: boolean
  /** Columns that may be written: identity columns that are always generated are left out. */
  columns: string[]
}

export interface FunctionEntry {
  schema: 'public' | 'private'
  name: string
  signature: string
  isDefiner: boolean
  isTrigger: boolean
  hasSearchPath: boolean
  comment: string | null
}

/** Every table of schema public, partitions too, as the catalogue knows them. */
export async function listTables(sql: Sql): Promise<TableEntry[]> {
  return sql<TableEntry[]>`
    select classes.relname as name, classes.relispartition as "isPartition",
      exists (select from pg_attribute where attrelid = classes.oid and attname = 'project_id') as "hasProjectId",
      array(select attname::text from pg_attribute
            where attrelid = classes.oid and attnum > 0 and not attisdropped and attidentity <> 'a' and attgenerated = ''
            order by attnum) as columns
    from pg_class as classes
    where classes.relnamespace = 'public'::regnamespace and classes.relkind in ('r', 'p')
    order by classes.relname`
}

/** Every function of the schemas public and private that no extension brought. */
export async function listFunctions(sql: Sql): Promise<FunctionEntry[]> {
  return sql<FunctionEntry[]>`
    select pronamespace::regnamespace::text as schema, proname as name, procs.oid::regprocedure::text as signature,
      prosecdef as "isDefiner", prorettype = 'trigger'::regtype as "isTrigger",
      coalesce(exists (select from unnest(proconfig) as setting where setting like 'search\_path=%'), false) as "hasSearchPath",
      obj_description(procs.oid, 'pg_proc') as comment
    from pg_proc as procs
    where pronamespace in ('public'::regnamespace, 'private'::regnamespace)
      and not exists (select from pg_depend where objid = procs.oid and deptype = 'e')
    order by 1, 2`
}
