import { afterAll, expect, inject, test } from 'vitest'
import { readCatalog } from '../../../lib/local/database/read-catalog.ts'
import { renderTypes } from '../../../lib/local/database/render-types.ts'
import { openPostgresSession } from '../../../lib/local/database/sql-session.ts'
import { createTestDatabase } from '../../support/postgres.ts'

const database = await createTestDatabase(inject('postgresUrl'))
const session = openPostgresSession(database.url)
afterAll(async () => {
  await session.close()
  await database.drop()
})

await session.exec(`
  drop schema public cascade; create schema public;
  create type public.mood as enum ('good', 'bad day');
  create type public.pair as (a int, b text);
  create table public.parents (id bigint generated always as identity primary key, name text not null default 'x');
  create table public.children (
    id uuid not null default gen_random_uuid(), day date not null, parent_id bigint references public.parents,
    mood public.mood, tags text[] not null, doubled int generated always as (1 + 1) stored, body jsonb, spot point,
    primary key (id, day)
  ) partition by range (day);
  create table public.children_one partition of public.children for values from ('2026-01-01') to ('2026-02-01');
  create table public.profiles (parent_id bigint primary key references public.parents);
  create view public.names as select name from public.parents;
  create function public.nothing() returns void language sql as '';
  create function public.family(p_id bigint, p_limit int default 1) returns setof public.parents language sql as 'select * from public.parents';
  create function public.totals() returns table (day date, total bigint) language sql as 'select null::date, 1::bigint';
  create function public.touched() returns trigger language plpgsql as 'begin return new; end';
  create function public.pairs(p_moods public.mood[]) returns public.pair language sql as 'select null::public.pair';
`)
const types = renderTypes(await readCatalog(session)).replace(/\s+/g, ' ')

test.each([
  [
    'nullable, array, enum and unknown columns',
    'Row: { body: Json | null day: string doubled: number | null id: string mood: Database["public"]["Enums"]["mood"] | null parent_id: number | null spot: unknown | null tags: string[] }',
  ],
  [
    'what Insert may leave out and may not write',
    'Insert: { body?: Json | null day: string doubled?: never id?: string',
  ],
  ['an identity that is always generated', 'Insert: { id?: never name?: string }'],
  [
    'a relationship to many',
    'foreignKeyName: "children_parent_id_fkey" columns: ["parent_id"] isOneToOne: false referencedRelation: "parents" referencedColumns: ["id"]',
  ],
  ['a relationship to one', 'columns: ["parent_id"] isOneToOne: true referencedRelation: "parents"'],
  ['a view', 'Views: { names: { Row: { name: string | null } Relationships: [] } }'],
  ['a function without arguments or answer', 'nothing: { Args: never Returns: undefined }'],
  [
    'a function with a default that answers rows',
    'family: { Args: { p_id: number p_limit?: number } Returns: { id: number name: string }[] }',
  ],
  ['a function that answers a table of its own', 'totals: { Args: never Returns: { day: string total: number }[] }'],
  [
    'composite types and arrays of enums',
    'pairs: { Args: { p_moods: Database["public"]["Enums"]["mood"][] } Returns: Database["public"]["CompositeTypes"]["pair"] }',
  ],
  ['enums', 'Enums: { mood: "good" | "bad day" }'],
  ['composites', 'CompositeTypes: { pair: { a: number | null b: string | null } }'],
  ['enum values at run time', 'mood: ["good", "bad day"]'],
])('%s', (_, expected) => {
  expect(types).toContain(expected)
})

test('partitions and trigger functions are left out', () => {
  expect(types).not.toContain('children_one')
  expect(types).not.toContain('touched')
})
