import type { KpiFault, KpiReading } from '../../domain/kpi/reading.ts'
import { hideSecrets } from '../../domain/probe/quote.ts'
import type { NetFailure } from './net-failure.ts'

type Refused = Extract<KpiReading, { ok: false }>
interface ServerError {
  code: string
  message: string
}

const SERVER_TEXT_MAX_CHARS = 300

/** SQLSTATEs (PostgreSQL manual, appendix A) that mean something of their own here. */
const FAULTS: Record<string, KpiFault> = {
  '25006': 'writes',
  '42501': 'denied',
  '57014': 'timeout',
  '28P01': 'sign_in',
  '28000': 'sign_in',
  '3D000': 'sign_in',
}

const SENTENCES: Partial<Record<KpiFault, string>> = {
  several_statements: 'It holds several statements; a KPI is exactly one query.',
  not_a_query: 'It is not a query that answers rows: a KPI begins with select or with.',
  many_columns: 'It answers several columns; a KPI answers one number.',
  not_a_number: 'It answers a text, a time or something else that is not a number.',
  no_row: 'It answers no row; a KPI answers one number.',
  many_rows: 'It answers several rows; a KPI answers one number.',
  no_value: 'It answers NULL, which is no number; coalesce(…, 0) makes it zero where that is what is meant.',
  not_finite: 'It answers a number that is not finite or too large.',
}

/** A fault that is clear from what came, without words of the server. */
export function refuse(fault: KpiFault, canWrite: boolean | null = null, message = SENTENCES[fault] ?? ''): Refused {
  return { ok: false, fault, message, canWrite }
}

/** What Postgres itself reported. Its words may quote the query, and never show the password. */
export function refuseError({ code, message }: ServerError, password: string, canWrite: boolean | null): Refused {
  const words = `${hideSecrets(message, [password]).slice(0, SERVER_TEXT_MAX_CHARS)} (${code})`
  if (code === '42601' && /multiple commands/.test(message)) return refuse('several_statements', canWrite)
  const fault = FAULTS[code] ?? 'failed'
  return refuse(fault, canWrite, `Postgres says: ${words}.`)
}

/** What kept the query from running at all. */
export function refuseFailure({ cause, message }: NetFailure): Refused {
  const fault = cause === 'blocked' ? 'blocked' : cause === 'timeout' ? 'timeout' : 'unreachable'
  return refuse(fault, null, `Reason: ${message}.`)
}
