import type { DatabaseConnection } from '../../domain/kpi/connection.ts'
import { type KpiReading, readFigure } from '../../domain/kpi/reading.ts'
import type { FigureQuestion, FigureReader } from '../../ports/figure-reader.ts'
import type { AddressPolicy } from './address-policy.ts'
import { Deadline } from './deadline.ts'
import { refuse, refuseError, refuseFailure } from './figure-faults.ts'
import type { Network } from './guarded-lookup.ts'
import { isNetFailure, type NetFailure } from './net-failure.ts'
import { openConnection } from './open-connection.ts'
import { describeMessages, executeMessages, queryMessage } from './postgres-message.ts'
import { findDistrust, securePostgres, sendCancellation } from './postgres-session.ts'
import { type Exchange, PostgresTurns } from './postgres-turns.ts'
import { createHostLookup, type HostLookup } from './resolve-host.ts'

/** The whole of it: resolving, connecting, signing in, asking. */
const READ_TIMEOUT_MS = 10_000
const STATEMENT_TIMEOUT_MS = 5_000

/** int8, int2, int4, float4, float8 and numeric, as OIDs of `pg_type`. */
const NUMBER_TYPES = [20, 21, 23, 700, 701, 1700]

/** Of `declare`: syntax_error, feature_not_supported, invalid_cursor_definition. */
const NO_QUERY_CODES = ['42601', '0A000', '42P11']

const BEGIN = `begin transaction read only; set local statement_timeout = ${STATEMENT_TIMEOUT_MS}; set local lock_timeout = 1000`

/** Whether the role could change anything in this database that is not the system's: what a read-only role cannot. */
const CAN_WRITE = `select (
  (select roles.rolsuper or roles.rolcreaterole or roles.rolcreatedb from pg_catalog.pg_roles as roles where roles.rolname = current_user)
  or pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create')
  or exists (
    select from pg_catalog.pg_namespace as schemas
    where schemas.nspname !~ '^pg_' and schemas.nspname <> 'information_schema' and pg_catalog.has_schema_privilege(schemas.oid, 'create'))
  or exists (
    select from pg_catalog.pg_class as tables join pg_catalog.pg_namespace as schemas on schemas.oid = tables.relnamespace
    where tables.relkind in ('r', 'p', 'v', 'f') and schemas.nspname !~ '^pg_' and schemas.nspname <> 'information_schema'
      and pg_catalog.has_table_privilege(tables.oid, 'insert, update, delete, truncate')))::int`

/**
 * Reads figures out of other people's databases, over connections that `allow` guards. The query is somebody's text, so it is held in
 * four ways: one statement (extended protocol), looked at before it runs (it must answer one column of numbers), run as a cursor, which
 * takes nothing but a query, and in a read-only transaction that is rolled back, for five seconds and two rows at most.
 */
export function createFigureReader(options: {
  allow: AddressPolicy
  lookup?: HostLookup | undefined
  ca?: string | undefined
  /** For tests of what never answers. */
  timeoutMs?: number | undefined
}): FigureReader {
  const network: Network = { policy: options.allow, lookup: options.lookup ?? createHostLookup(), ca: options.ca }
  return {
    async read(question) {
      const deadline = new Deadline(options.timeoutMs ?? READ_TIMEOUT_MS)
      try {
        const session = await connect(network, deadline, question.connection)
        if (isNetFailure(session)) return refuseFailure(session)
        deadline.stage = 'answer'
        const reading = await deadline.run<{ reading: KpiReading }>((settle) => {
          void ask(session, question).then((value) => settle(isNetFailure(value) ? value : { reading: value }))
        })
        if (isNetFailure(reading)) return refuseFailure(reading)
        session.close()
        return reading.reading
      } finally {
        deadline.end()
      }
    },
  }
}

async function connect(
  network: Network,
  deadline: Deadline,
  { host, port, user, password, tls }: DatabaseConnection,
): Promise<PostgresTurns | NetFailure> {
  const plain = await openConnection(network, host, port, deadline, {})
  if (isNetFailure(plain)) return plain
  const address = plain.remoteAddress
  const secured = await securePostgres({ network, deadline }, plain, { host, tls }, {})
  if (isNetFailure(secured)) return secured
  const distrust = tls === 'verify' ? findDistrust(secured, host) : null
  if (distrust !== null) return distrust
  const session = new PostgresTurns(secured.socket, { user, password })
  deadline.own({
    destroy() {
      const { cancellation } = session
      if (cancellation !== null && address !== undefined) sendCancellation(address, port, cancellation)
    },
  })
  return session
}

async function ask(
  session: PostgresTurns,
  { connection: { user, database, password }, sql, inspectsRole }: FigureQuestion,
): Promise<KpiReading | NetFailure> {
  const opened = await session.open(user, database)
  if (isNetFailure(opened)) return opened
  if (opened.error !== null) return refuseError({ ...opened.error }, password, null)
  const begun = await session.send(queryMessage(BEGIN))
  if (isNetFailure(begun)) return begun
  if (begun.error !== null) return refuseError(begun.error, password, null)
  const role = inspectsRole ? await session.send(queryMessage(CAN_WRITE)) : null
  if (role !== null && isNetFailure(role)) return role
  const canWrite = role === null ? null : role.rows[0]?.[0] === '1'
  const refusal = await inspect(session, sql, password, canWrite)
  return refusal ?? run(session, sql, password, canWrite)
}

/** Looks at the statement without running it. Null when it may run. */
async function inspect(
  session: PostgresTurns,
  sql: string,
  password: string,
  canWrite: boolean | null,
): Promise<KpiReading | NetFailure | null> {
  const described = await session.send(describeMessages(sql))
  if (isNetFailure(described)) return described
  if (described.error !== null) return refuseError(described.error, password, canWrite)
  const [type, ...others] = described.columnTypes ?? []
  if (type === undefined) return refuse('not_a_query', canWrite)
  if (others.length > 0) return refuse('many_columns', canWrite)
  return NUMBER_TYPES.includes(type) ? null : refuse('not_a_number', canWrite)
}

async function run(
  session: PostgresTurns,
  sql: string,
  password: string,
  canWrite: boolean | null,
): Promise<KpiReading | NetFailure> {
  const declared = await session.send(executeMessages(`declare kpi no scroll cursor for ${sql}`, 0))
  if (isNetFailure(declared)) return declared
  // What was a statement by itself and is none as a cursor writes, explains or sets something.
  if (declared.error !== null && NO_QUERY_CODES.includes(declared.error.code)) return refuse('not_a_query', canWrite)
  if (declared.error !== null) return refuseError(declared.error, password, canWrite)
  const fetched = await session.send(queryMessage('fetch 2 from kpi'))
  if (isNetFailure(fetched)) return fetched
  return fetched.error === null ? judge(fetched, canWrite) : refuseError(fetched.error, password, canWrite)
}

function judge({ rows }: Exchange, canWrite: boolean | null): KpiReading {
  const [row, ...others] = rows
  if (row === undefined) return refuse('no_row', canWrite)
  if (others.length > 0) return refuse('many_rows', canWrite)
  const text = row[0] ?? null
  if (text === null) return refuse('no_value', canWrite)
  const value = readFigure(text)
  return value === null ? refuse('not_finite', canWrite) : { ok: true, value, canWrite }
}
