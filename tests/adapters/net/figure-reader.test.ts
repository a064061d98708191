import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createAddressPolicy } from '../../../lib/adapters/net/address-policy.ts'
import { createFigureReader } from '../../../lib/adapters/net/figure-reader.ts'
import type { DatabaseConnection } from '../../../lib/domain/kpi/connection.ts'
import type { KpiFault } from '../../../lib/domain/kpi/reading.ts'
import { createTestDatabase } from '../../support/postgres.ts'
import { LOOPBACK, serveTcp } from './probe-support.ts'

const database = await createTestDatabase(inject('postgresUrl'))
const server = new URL(database.url)
const reader = `reader_${randomUUID().slice(0, 8)}`
const PASSWORD = 'reader-password'

const own: DatabaseConnection = {
  host: server.hostname,
  port: Number(server.port),
  user: decodeURIComponent(server.username),
  password: decodeURIComponent(server.password),
  database: server.pathname.slice(1),
  tls: 'disable',
}
const readOnly: DatabaseConnection = { ...own, user: reader, password: PASSWORD }

const figures = createFigureReader({ allow: createAddressPolicy(LOOPBACK) })
const read = (sql: string, connection = own, inspectsRole = false) => figures.read({ connection, sql, inspectsRole })

beforeAll(async () => {
  const { sql } = database
  await sql`create table public.orders (id integer primary key, total numeric not null)`
  await sql`insert into public.orders select n, n * 1.5 from generate_series(1, 10) as n`
  await sql`create table public.salaries (id integer)`
  await sql`create sequence public.numbers`
  await sql.unsafe(`
    create function public.write_order() returns bigint language sql volatile as 'insert into public.orders values (99, 1) returning id::bigint'`)
  await sql.unsafe(`create role ${reader} login password '${PASSWORD}'`)
  await sql.unsafe(`grant select on public.orders to ${reader}`)
})

afterAll(async () => {
  await database.sql.unsafe(`drop owned by ${reader}`)
  await database.sql.unsafe(`drop role ${reader}`)
  await database.drop()
})

describe('a query for one number', () => {
  it.each<[string, number]>([
    ['select count(*) from orders', 10],
    ['select sum(total) from orders;', 82.5],
    ['select count(*) from orders; -- every order', 10],
    ['with big as (select * from orders where id > 8) select count(*) from big', 2],
    ['values (7::smallint)', 7],
    ['select 0.1::real::float8 * 0 - 1', -1],
    ['select -9007199254740991', -9007199254740991],
  ])('%s', async (sql, value) => expect(await read(sql)).toEqual({ ok: true, value, canWrite: null }))

  it('leaves nothing behind in a pooled connection: each runs in a transaction of its own', async () => {
    expect(await read("select length(set_config('app.mark', 'left', false))")).toMatchObject({ ok: true, value: 4 })
    expect(await read("select length(coalesce(current_setting('app.mark', true), ''))")).toMatchObject({ value: 0 })
  })
})

describe('anything else is refused with a sentence, and does nothing', () => {
  it.each<[string, KpiFault]>([
    ['select 1; drop table orders', 'several_statements'],
    ['select 1; commit; drop table orders', 'several_statements'],
    ['delete from orders', 'not_a_query'],
    ['delete from orders returning id', 'not_a_query'],
    ['with gone as (delete from orders returning id) select count(*) from gone', 'not_a_query'],
    ['insert into orders values (77, 1) returning id', 'not_a_query'],
    ['select id into copied from orders', 'not_a_query'],
    ['drop table orders', 'not_a_query'],
    ['commit', 'not_a_query'],
    ['set transaction read write', 'not_a_query'],
    ["copy orders to program 'touch /tmp/kpi-was-here'", 'not_a_query'],
    ["copy orders from program 'echo 1'", 'not_a_query'],
    ['do $$ begin delete from orders; end $$', 'not_a_query'],
    ['listen orders', 'not_a_query'],
    ['explain select 1', 'not_a_number'],
    ['', 'not_a_query'],
    ['-- nothing', 'not_a_query'],
    ['select write_order()', 'writes'],
    ["select nextval('numbers')", 'writes'],
    ['select id from orders where id = 1 for update', 'writes'],
    ["select set_config('transaction_read_only', 'off', true)::boolean::int, 1", 'many_columns'],
    ["select case when set_config('transaction_read_only', 'off', true) = 'off' then write_order() end", 'failed'],
    ["select length(set_config('statement_timeout', '0', false)) + count(pg_sleep(60)) from orders", 'timeout'],
    ['select id from orders', 'many_rows'],
    ['select id from orders where false', 'no_row'],
    ['select sum(total) from orders where false', 'no_value'],
    ['select id, total from orders', 'many_columns'],
    ["select 'twelve'", 'not_a_number'],
    ['select now()', 'not_a_number'],
    ['select true', 'not_a_number'],
    ["select 'NaN'::float8", 'not_finite'],
    ["select 'Infinity'::float8", 'not_finite'],
    ['select 1e200', 'not_finite'],
    ['select 1 / 0', 'failed'],
    ['select * from nowhere', 'failed'],
    ['select $1::int', 'failed'],
    ['selec 1', 'failed'],
    ['select 1) as x; --', 'failed'],
  ])(
    '%s',
    async (sql, fault) => {
      const reading = await read(sql)
      expect(reading).toMatchObject({ ok: false, fault, message: expect.stringMatching(/^[A-Z].{10,}\.$/s) })
      expect((await database.sql`select count(*)::int as n from public.orders`)[0]).toEqual({ n: 10 })
      expect(await database.sql`select to_regclass('public.copied') as there`).toEqual([{ there: null }])
    },
    20_000,
  )

  it('an endless result is read no further than two rows', async () => {
    expect(await read('select generate_series(1, 1000000000)::bigint')).toMatchObject({ fault: 'many_rows' })
  })

  it('what the role may not read stays unread', async () => {
    expect(await read('select count(*) from salaries', readOnly)).toMatchObject({
      fault: 'denied',
      message: expect.stringContaining('permission denied for table salaries (42501)'),
    })
    expect(await read('select count(*) from orders', readOnly)).toMatchObject({ ok: true, value: 10 })
  })
})

describe('the role', () => {
  it('that may change something is told from one that may only read', async () => {
    expect(await read('select 1', own, true)).toMatchObject({ ok: true, canWrite: true })
    expect(await read('select 1', readOnly, true)).toMatchObject({ ok: true, canWrite: false })
    expect(await read('drop table orders', readOnly, true)).toMatchObject({ ok: false, canWrite: false })
  })

  it('that may write to one table alone counts as one that may write', async () => {
    await database.sql.unsafe(`grant update on public.orders to ${reader}`)
    expect(await read('select 1', readOnly, true)).toMatchObject({ canWrite: true })
    await database.sql.unsafe(`revoke update on public.orders from ${reader}`)
  })
})

describe('a database that cannot be asked', () => {
  it('at an address that probes may not reach is never connected to', async () => {
    const guarded = createFigureReader({ allow: createAddressPolicy([]) })
    expect(await guarded.read({ connection: own, sql: 'select 1', inspectsRole: false })).toMatchObject({
      ok: false,
      fault: 'blocked',
      message: expect.stringContaining('VIGIE_ALLOW_TARGETS'),
    })
  })

  it.each<[string, Partial<DatabaseConnection>, KpiFault]>([
    ['with a wrong password', { password: 'not-the-password' }, 'sign_in'],
    ['that is not there', { database: 'nowhere' }, 'sign_in'],
    ['where nobody listens', { port: 1 }, 'unreachable'],
    ['without TLS, where TLS is asked for', { tls: 'require' }, 'unreachable'],
  ])('%s', async (_name, change, fault) => {
    const reading = await read('select 1', { ...readOnly, ...change })
    expect(reading).toMatchObject({ ok: false, fault })
    expect(JSON.stringify(reading)).not.toMatch(/reader-password|not-the-password/)
  })

  it.each<[string, (socket: Socket) => void]>([
    ['closes at once', (socket) => socket.destroy()],
    ['speaks HTTP', (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['announces four gigabytes', (socket) => void socket.write(Buffer.from([0x44, 0xff, 0xff, 0xff, 0xff]))],
    [
      'is ready at once and answers with a broken row',
      (socket) => {
        socket.write(Buffer.from([0x5a, 0, 0, 0, 5, 0x49]))
        socket.on('data', () => socket.write(Buffer.from([0x44, 0, 0, 0, 6, 0, 9])))
      },
    ],
    [
      'is ready at once and describes columns that it does not have',
      (socket) => {
        socket.write(Buffer.from([0x5a, 0, 0, 0, 5, 0x49]))
        socket.on('data', () => socket.write(Buffer.from([0x54, 0, 0, 0, 6, 0x7f, 0xff])))
      },
    ],
  ])('because something %s', async (_name, onStartup) => {
    const port = await serveTcp((socket) => socket.once('data', () => onStartup(socket)))
    expect(await read('select 1', { ...own, host: '127.0.0.1', port })).toMatchObject({ fault: 'unreachable' })
  })

  it('because it says nothing', async () => {
    const port = await serveTcp(() => {})
    const hasty = createFigureReader({ allow: createAddressPolicy(LOOPBACK), timeoutMs: 300 })
    const connection = { ...own, host: '127.0.0.1', port }
    expect(await hasty.read({ connection, sql: 'select 1', inspectsRole: false })).toMatchObject({ fault: 'timeout' })
  })
})
