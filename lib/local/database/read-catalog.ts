import type { SqlSession } from './sql-session.ts'

export interface CatalogColumn {
  name: string
  /** Name in pg_type: `text`, `_int4` for an array, or the name of an enum, a composite or a table. */
  type: string
  isNullable: boolean
  /** A default, an identity or a computed value: Insert may leave it out. */
  hasDefault: boolean
  /** Computed or `generated always as identity`: may not be written at all. */
  isGeneratedAlways: boolean
}

export interface CatalogRelationship {
  name: string
  columns: string[]
  isOneToOne: boolean
  table: string
  tableColumns: string[]
}

export interface CatalogTable {
  name: string
  kind: 'table' | 'view'
  columns: CatalogColumn[]
  relationships: CatalogRelationship[]
}

export interface CatalogFunction {
  name: string
  arguments: { name: string; type: string; hasDefault: boolean }[]
  returnType: string
  returnsSet: boolean
  /** Columns of `returns table (…)`. */
  outputColumns: { name: string; type: string }[]
}

/** What the API can see of schema public, in alphabetical order. Partitions are left out: their parent stands for them. */
export interface Catalog {
  tables: CatalogTable[]
  functions: CatalogFunction[]
  enums: { name: string; values: string[] }[]
  composites: { name: string; columns: { name: string; type: string }[] }[]
}

/** Reads schema public of a migrated database. */
export async function readCatalog(session: SqlSession): Promise<Catalog> {
  const read = async <Row>(sql: string): Promise<Row[]> =>
    (await session.query<{ item: string }>(`select to_json(rows)::text as item from (${sql}) as rows`)).map(
      (row) => JSON.parse(row.item) as Row,
    )
  return {
    tables: await read<CatalogTable>(TABLES),
    functions: await read<CatalogFunction>(FUNCTIONS),
    enums: await read(ENUMS),
    composites: await read(COMPOSITES),
  }
}

const TABLES = `
  select c.relname as name, case when c.relkind in ('r', 'p') then 'table' else 'view' end as kind,
    (select coalesce(json_agg(json_build_object(
        'name', a.attname, 'type', t.typname,
        'isNullable', not (a.attnotnull or (t.typtype = 'd' and t.typnotnull)),
        'hasDefault', a.atthasdef or a.attidentity <> '',
        'isGeneratedAlways', a.attgenerated <> '' or a.attidentity = 'a') order by a.attname), '[]')
      from pg_attribute a join pg_type t on t.oid = a.atttypid
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select coalesce(json_agg(json_build_object(
        'name', k.conname,
        'columns', (select json_agg(a.attname order by o.n) from unnest(k.conkey) with ordinality o (num, n)
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = o.num),
        'isOneToOne', exists (select from pg_constraint u where u.conrelid = k.conrelid and u.contype in ('p', 'u')
          and u.conkey @> k.conkey and u.conkey <@ k.conkey),
        'table', r.relname,
        'tableColumns', (select json_agg(a.attname order by o.n) from unnest(k.confkey) with ordinality o (num, n)
          join pg_attribute a on a.attrelid = k.confrelid and a.attnum = o.num)) order by k.conname), '[]')
      from pg_constraint k join pg_class r on r.oid = k.confrelid
      where k.conrelid = c.oid and k.contype = 'f' and k.conparentid = 0 and r.relnamespace = 'public'::regnamespace) as relationships
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  order by c.relname`

const FUNCTIONS = `
  select p.proname as name, rt.typname as "returnType", p.proretset as "returnsSet",
    (select coalesce(json_agg(json_build_object('name', x.name, 'type', t.typname,
        'hasDefault', x.position > p.pronargs - p.pronargdefaults) order by x.name), '[]')
      from (select coalesce(p.proargnames[o.n], '') as name, o.type, row_number() over (order by o.n) as position
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality o (type, n)
        where p.proargmodes is null or p.proargmodes[o.n] in ('i', 'b', 'v')) x join pg_type t on t.oid = x.type) as arguments,
    (select coalesce(json_agg(json_build_object('name', p.proargnames[o.n], 'type', t.typname) order by p.proargnames[o.n]), '[]')
      from unnest(coalesce(p.proallargtypes, '{}')) with ordinality o (type, n) join pg_type t on t.oid = o.type
      where p.proargmodes[o.n] in ('o', 'b', 't')) as "outputColumns"
  from pg_proc p join pg_type rt on rt.oid = p.prorettype
  where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and rt.typname not in ('trigger', 'event_trigger')
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  order by p.proname, p.oid`

const ENUMS = `
  select t.typname as name, json_agg(e.enumlabel order by e.enumsortorder) as values
  from pg_type t join pg_enum e on e.enumtypid = t.oid
  where t.typnamespace = 'public'::regnamespace group by t.typname order by t.typname`

const COMPOSITES = `
  select c.relname as name,
    json_agg(json_build_object('name', a.attname, 'type', t.typname) order by a.attname) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'c' group by c.relname order by c.relname`
