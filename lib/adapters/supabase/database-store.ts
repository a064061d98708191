import { type DatabaseFigures, databaseCountersSchema, databaseFiguresSchema } from '../../domain/database/schema.ts'
import type { DatabaseFailure, DatabaseKind } from '../../domain/database/source.ts'
import { fromIso, SECOND } from '../../domain/time/instant.ts'
import type { DatabaseClaim, DatabaseStore } from '../../ports/database-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'

/** Needs the service role. */
export function createDatabaseStore(client: Client): DatabaseStore {
  return {
    async claim(limit, sourceId) {
      const args = { p_limit: limit, ...(sourceId === undefined ? {} : { p_source_id: sourceId }) }
      return ((await call(client, 'claim_database_sources', args)) as ClaimRow[]).map(toClaim)
    },

    async record({ id, token }, outcome) {
      const reading =
        outcome.failure !== null
          ? { failure: outcome.failure }
          : {
              failure: null,
              size_bytes: outcome.snapshot.sizeBytes,
              tables: outcome.tables,
              data: outcome.snapshot,
              counters: outcome.counters,
            }
      const args = { p_source_id: id, p_token: token, p_reading: reading as never }
      return (await call(client, 'record_database_reading', args)) as boolean
    },
  }
}

/** The service role has no time limit of its own, and a catalogue of many thousand tables takes long to measure. */
const OWN_TIMEOUT_MS = 15 * SECOND

/** Reads the figures of the database that this installation stands on. */
export function createOwnDatabaseReader(client: Client) {
  return async (): Promise<{ ok: true; figures: DatabaseFigures } | { ok: false; failure: DatabaseFailure }> => {
    const signal = AbortSignal.timeout(OWN_TIMEOUT_MS)
    const { data, error } = await client.rpc('read_database_figures').abortSignal(signal)
    if (error === null) return { ok: true, figures: databaseFiguresSchema.parse(data) }
    const isLate = signal.aborted || error.code === QUERY_CANCELED
    return { ok: false, failure: { code: isLate ? 'timeout' : 'refused', message: error.message } }
  }
}

const QUERY_CANCELED = '57014'

interface ClaimRow {
  token: number
  at: string
  id: string
  project_id: string
  key: string
  kind: DatabaseKind
  project_ref: string | null
  storage_limit_bytes: number | null
  connection_ciphertext: string | null
  metrics_key_ciphertext: string | null
  counters: unknown
}

function toClaim(row: ClaimRow): DatabaseClaim {
  const counters = databaseCountersSchema.safeParse(row.counters)
  return {
    token: row.token,
    at: fromIso(row.at),
    id: row.id,
    projectId: row.project_id,
    key: row.key,
    kind: row.kind,
    projectRef: row.project_ref,
    storageLimitBytes: row.storage_limit_bytes,
    connectionCiphertext: row.connection_ciphertext,
    metricsKeyCiphertext: row.metrics_key_ciphertext,
    // Of an older version of this program, perhaps: then this reading is the first one.
    counters: counters.success ? counters.data : null,
  }
}
