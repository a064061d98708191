/**
 * Why a query gave no figure.
 * - `blocked`, `unreachable`, `sign_in`: it never came to the query.
 * - `several_statements`, `not_a_query`, `many_columns`, `not_a_number`: refused before anything ran.
 * - `writes`, `denied`, `timeout`, `failed`: Postgres stopped it.
 * - `no_row`, `many_rows`, `no_value`, `not_finite`: it answered, but not with one number.
 * - `unreadable`: its connection string cannot be read with the present key.
 */
export const KPI_FAULTS = [
  'blocked',
  'unreachable',
  'sign_in',
  'several_statements',
  'not_a_query',
  'many_columns',
  'not_a_number',
  'writes',
  'denied',
  'timeout',
  'failed',
  'no_row',
  'many_rows',
  'no_value',
  'not_finite',
  'unreadable',
] as const
export type KpiFault = (typeof KPI_FAULTS)[number]

/** Faults that the words of a server or of the network explain further; the others are plain by themselves. */
const EXPLAINED: readonly KpiFault[] = ['blocked', 'unreachable', 'sign_in', 'writes', 'denied', 'timeout', 'failed']

/** What a page shows of a fault's English sentence beside its own: where the sentence adds something. */
export function explanationOf(fault: KpiFault, message: string | null): string {
  return EXPLAINED.includes(fault) ? (message ?? '') : ''
}

/** What one run of a query came to. */
export type KpiReading =
  | {
      ok: true
      value: number /** Whether the role may change anything there; null when nobody looked. */
      canWrite: boolean | null
    }
  | {
      ok: false
      fault: KpiFault
      /** One English sentence, never with the password in it. */
      message: string
      canWrite: boolean | null
    }

/** What the series store takes; larger ones are no figures of a business either. */
const LARGEST = 1e100

/** The text of a number as Postgres writes it, or null for `NaN`, `Infinity` and what is larger than anything that is counted. */
export function readFigure(text: string): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) && Math.abs(value) <= LARGEST ? value : null
}
