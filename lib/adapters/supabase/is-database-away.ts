import { DatabaseError } from './call.ts'

/** What supabase-js makes of a connection that failed, and what PostgREST (PGRST00x) and Postgres (SQLSTATE classes) say of one. */
const AWAY_MESSAGE = /^(TypeError|TimeoutError|AbortError|FetchError): /
const AWAY_CODE = /^(PGRST00\d|08...|53...|57P0.)$/

/** True when the database could not be reached or is shutting down: worth a later try, and no bug. */
export function isDatabaseAway(error: unknown): boolean {
  return error instanceof DatabaseError && (AWAY_MESSAGE.test(error.message) || AWAY_CODE.test(error.code))
}
