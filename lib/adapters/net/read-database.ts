import {
  type DatabaseFigures,
  databaseFiguresSchema,
  type MissingPart,
  type ReadingPart,
} from '../../domain/database/schema.ts'
import type { ConnectionParts, DatabaseFailure, DatabaseFailureCode } from '../../domain/database/source.ts'
import { SECOND } from '../../domain/time/instant.ts'
import type { AddressPolicy } from './address-policy.ts'
import { createQuestions } from './database-questions.ts'
import { Deadline } from './deadline.ts'
import type { Network } from './guarded-lookup.ts'
import { isNetFailure, type NetFailure } from './net-failure.ts'
import { openConnection } from './open-connection.ts'
import type { QueryAnswer, QueryFailure } from './postgres-conversation.ts'
import { askPostgres, findDistrust, securePostgres } from './postgres-session.ts'
import { createHostLookup, type HostLookup } from './resolve-host.ts'

const CONNECT_TIMEOUT_MS = 8 * SECOND
/** Sign-in and all questions; each of them is ended by the server after five seconds. */
const ANSWER_TIMEOUT_MS = 20 * SECOND

export type FiguresAnswer = { ok: true; figures: DatabaseFigures } | { ok: false; failure: DatabaseFailure }

/**
 * Reads figures of a database at an address that a user chose: every address checked at connect time, never more than 28 s and 1 MiB,
 * nothing written. What the role may not see is named in `missing`; everything that keeps it from being read at all is a failure.
 */
export function createDatabaseReader(options: {
  allow: AddressPolicy
  lookup?: HostLookup | undefined
  ca?: string | undefined
  connectTimeoutMs?: number
  answerTimeoutMs?: number
}): (connection: ConnectionParts) => Promise<FiguresAnswer> {
  const { connectTimeoutMs = CONNECT_TIMEOUT_MS, answerTimeoutMs = ANSWER_TIMEOUT_MS } = options
  const network: Network = { policy: options.allow, lookup: options.lookup ?? createHostLookup(), ca: options.ca }
  return async (connection) => {
    const connecting = new Deadline(connectTimeoutMs)
    const answering = new Deadline(connectTimeoutMs + answerTimeoutMs)
    try {
      const answers = await converse(network, connection, connecting, answering)
      return isNetFailure(answers) ? { ok: false, failure: toFailure(answers) } : readAnswers(answers)
    } finally {
      // The conversation first: it still needs its socket to know where to send a cancellation.
      answering.end()
      connecting.end()
    }
  }
}

async function converse(
  network: Network,
  { host, port, database, user, password, tls }: ConnectionParts,
  connecting: Deadline,
  answering: Deadline,
): Promise<(QueryAnswer | QueryFailure)[] | NetFailure> {
  const socket = await openConnection(network, host, port, connecting, {})
  if (isNetFailure(socket)) return socket
  const session = await securePostgres({ network, deadline: connecting }, socket, { host, tls }, {})
  if (isNetFailure(session)) return session
  const distrust = tls === 'verify' ? findDistrust(session, host) : null
  if (distrust !== null) return distrust
  answering.stage = 'answer'
  const asked = await askPostgres(answering, session, { user, database, password }, createQuestions().next)
  return isNetFailure(asked) ? asked : asked.answers
}

function readAnswers(answers: readonly (QueryAnswer | QueryFailure)[]): FiguresAnswer {
  const { asked } = createQuestions()
  const missing: MissingPart[] = []
  const found: Record<string, unknown> = {}
  for (const [index, answer] of answers.entries()) {
    const part = asked[index] ?? null
    if (isNetFailure(answer)) {
      if (part === null) return { ok: false, failure: toFailure(answer) }
      missing.push({ part, code: codeOf(part, answer) })
    } else if (answer.first?.startsWith('{')) Object.assign(found, parseObject(answer.first))
  }
  if (answers.length < asked.length) missing.push({ part: 'statements', code: 'no_extension' })
  const parsed = databaseFiguresSchema.safeParse({ ...found, missing })
  if (parsed.success) return { ok: true, figures: parsed.data }
  const field = parsed.error.issues[0]?.path.join('.') ?? ''
  return {
    ok: false,
    failure: { code: 'unreadable', message: `the answer about ${field} is not what Postgres answers` },
  }
}

function codeOf(part: ReadingPart, { sqlState }: QueryFailure): string {
  return part === 'statements' && sqlState === '55000' ? 'not_preloaded' : sqlState
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** By SQLSTATE ("PostgreSQL Error Codes" in its manual) where Postgres itself refused, else by what failed on the way. */
const SQL_STATES: Record<string, DatabaseFailureCode> = {
  '28P01': 'password',
  '28000': 'password',
  '3D000': 'no_database',
  '53300': 'full',
  '57014': 'timeout',
}
const CAUSES: Partial<Record<NetFailure['cause'], DatabaseFailureCode>> = {
  dns: 'dns',
  blocked: 'blocked',
  tcp: 'unreachable',
  tls: 'tls',
  timeout: 'timeout',
  query: 'refused',
}

function toFailure(failure: NetFailure | QueryFailure): DatabaseFailure {
  const byState = 'sqlState' in failure ? SQL_STATES[failure.sqlState] : undefined
  return { code: byState ?? CAUSES[failure.cause] ?? 'unreadable', message: failure.message }
}
