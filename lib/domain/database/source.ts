/** `own`: the database of this installation; the others are reached over the network. */
export const DATABASE_KINDS = ['own', 'postgres', 'supabase'] as const
export type DatabaseKind = (typeof DATABASE_KINDS)[number]

/** Why a database could not be looked into; each has a sentence of its own on the page. */
export const DATABASE_FAILURES = [
  'dns',
  'blocked',
  'unreachable',
  'tls',
  'timeout',
  'password',
  'no_database',
  'full',
  'refused',
  'unreadable',
  'secret',
] as const
export type DatabaseFailureCode = (typeof DATABASE_FAILURES)[number]

export interface DatabaseFailure {
  code: DatabaseFailureCode
  /** In the words of whoever refused, without secrets. */
  message: string
}

/** What pages and commands work with. The connection string itself never leaves the collector. */
export interface ConnectionParts {
  host: string
  port: number
  database: string
  user: string
  password: string
  tls: 'disable' | 'require' | 'verify'
}
