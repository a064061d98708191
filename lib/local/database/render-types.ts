import { TYPE_HELPERS } from './generic-types.ts'
import type { Catalog, CatalogColumn, CatalogFunction, CatalogRelationship, CatalogTable } from './read-catalog.ts'

/** postgres-meta's mapping, which `supabase gen types typescript` uses (src/server/templates/typescript.ts). */
const SCALARS: Record<string, string> = {
  ...fill(['bool'], 'boolean'),
  ...fill(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric'], 'number'),
  ...fill(
    ['bytea', 'bpchar', 'varchar', 'date', 'text', 'citext', 'time', 'timetz', 'timestamp', 'timestamptz', 'uuid'],
    'string',
  ),
  ...fill(['json', 'jsonb'], 'Json'),
  void: 'undefined',
  record: 'Record<string, unknown>',
}

/** The source of the typed client: same shape as `supabase gen types typescript` prints, so that either may write it. */
export function renderTypes(catalog: Catalog): string {
  const render = new Renderer(catalog)
  return [
    'export type Json =\n  | string\n  | number\n  | boolean\n  | null\n  | { [key: string]: Json | undefined }\n  | Json[]\n',
    `export type Database = ${render.database()}\n`,
    TYPE_HELPERS,
    `export const Constants = ${render.constants()} as const\n`,
  ].join('\n')
}

class Renderer {
  readonly #catalog: Catalog

  constructor(catalog: Catalog) {
    this.#catalog = catalog
  }

  database(): string {
    const { tables, functions, enums, composites } = this.#catalog
    const schema = block({
      Tables: section(tables.filter(({ kind }) => kind === 'table').map((table) => [table.name, this.#table(table)])),
      Views: section(tables.filter(({ kind }) => kind === 'view').map((view) => [view.name, this.#view(view)])),
      Functions: section(groupOverloads(functions).map(([name, group]) => [name, this.#functions(group)])),
      Enums: section(enums.map(({ name, values }) => [name, values.map(quote).join(' | ')])),
      CompositeTypes: section(composites.map(({ name, columns }) => [name, this.#nullableRow(columns)])),
    })
    // Read by supabase-js to choose the types of query results.
    return block({ __InternalSupabase: block({ PostgrestVersion: '"13.0.5"' }), public: schema })
  }

  constants(): string {
    const lists = this.#catalog.enums.map(({ name, values }) => `      ${name}: [${values.map(quote).join(', ')}],\n`)
    return `{\n  public: {\n    Enums: {${lists.length > 0 ? `\n${lists.join('')}    ` : ''}},\n  },\n}`
  }

  #table({ columns, relationships }: CatalogTable): string {
    return block({
      Row: this.#row(columns),
      Insert: object(columns.map((column) => this.#write(column, column.hasDefault || column.isNullable))),
      Update: object(columns.map((column) => this.#write(column, true))),
      Relationships: renderRelationships(relationships),
    })
  }

  #view({ columns, relationships }: CatalogTable): string {
    return block({ Row: this.#nullableRow(columns), Relationships: renderRelationships(relationships) })
  }

  #functions(overloads: CatalogFunction[]): string {
    if (overloads.length === 1 && overloads[0]) return this.#function(overloads[0])
    return `\n${overloads.map((overload) => indent(`| ${this.#function(overload)}`)).join('\n')}`
  }

  #function({ arguments: args, returnType, returnsSet, outputColumns }: CatalogFunction): string {
    const table = this.#catalog.tables.find(({ name }) => name === returnType)
    const returned =
      outputColumns.length > 0
        ? object(outputColumns.map(({ name, type }) => [name, this.#type(type)]))
        : table
          ? this.#row(table.columns)
          : this.#type(returnType)
    return block({
      Args:
        args.length === 0
          ? 'never'
          : object(args.map(({ name, type, hasDefault }) => [hasDefault ? `${name}?` : name, this.#type(type)])),
      Returns: returnsSet ? `${parenthesise(returned)}[]` : returned,
    })
  }

  #row(columns: CatalogColumn[]): string {
    return object(columns.map((column) => [column.name, this.#column(column)]))
  }

  #nullableRow(columns: { name: string; type: string }[]): string {
    return object(columns.map(({ name, type }) => [name, `${this.#type(type)} | null`]))
  }

  #write(column: CatalogColumn, isOptional: boolean): [string, string] {
    if (column.isGeneratedAlways) return [`${column.name}?`, 'never']
    return [isOptional ? `${column.name}?` : column.name, this.#column(column)]
  }

  #column(column: CatalogColumn): string {
    return column.isNullable ? `${this.#type(column.type)} | null` : this.#type(column.type)
  }

  #type(name: string): string {
    if (name.startsWith('_')) return `${parenthesise(this.#type(name.slice(1)))}[]`
    const { enums, composites, tables } = this.#catalog
    if (enums.some((item) => item.name === name)) return `Database["public"]["Enums"][${quote(name)}]`
    if (composites.some((item) => item.name === name)) return `Database["public"]["CompositeTypes"][${quote(name)}]`
    const table = tables.find((item) => item.name === name)
    if (table) return `Database["public"][${table.kind === 'view' ? '"Views"' : '"Tables"'}][${quote(name)}]["Row"]`
    return SCALARS[name] ?? 'unknown'
  }
}

function renderRelationships(relationships: CatalogRelationship[]): string {
  if (relationships.length === 0) return '[]'
  const items = relationships.map((relationship) =>
    block({
      foreignKeyName: quote(relationship.name),
      columns: `[${relationship.columns.map(quote).join(', ')}]`,
      isOneToOne: String(relationship.isOneToOne),
      referencedRelation: quote(relationship.table),
      referencedColumns: `[${relationship.tableColumns.map(quote).join(', ')}]`,
    }),
  )
  return `[\n${items.map((item) => `${indent(item)},\n`).join('')}]`
}

function groupOverloads(functions: CatalogFunction[]): [string, CatalogFunction[]][] {
  const groups = new Map<string, CatalogFunction[]>()
  for (const item of functions) groups.set(item.name, [...(groups.get(item.name) ?? []), item])
  return [...groups]
}

function section(entries: [string, string][]): string {
  return entries.length === 0 ? '{\n  [_ in never]: never\n}' : object(entries)
}

function block(entries: Record<string, string>): string {
  return object(Object.entries(entries))
}

function object(entries: [string, string][]): string {
  return `{\n${entries.map(([name, type]) => `${indent(`${name}: ${type}`)}\n`).join('')}}`
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}

function parenthesise(type: string): string {
  return type.includes(' | ') && !type.startsWith('{') ? `(${type})` : type
}

function quote(text: string): string {
  return JSON.stringify(text)
}

function fill(names: string[], type: string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, type]))
}
