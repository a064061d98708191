import type { DatabaseCounters, DatabaseSnapshot, TableSize } from '../domain/database/schema.ts'
import type { DatabaseFailure, DatabaseKind } from '../domain/database/source.ts'
import type { Instant } from '../domain/time/instant.ts'

/** A database whose minute has come, leased to one worker. */
export interface DatabaseClaim {
  token: number
  /** Database time of the claim: when what is read now was so. */
  at: Instant
  id: string
  projectId: string
  key: string
  kind: DatabaseKind
  projectRef: string | null
  storageLimitBytes: number | null
  /** Sealed by `SecretBox`. */
  connectionCiphertext: string | null
  metricsKeyCiphertext: string | null
  /** Of the reading before; null before the first. */
  counters: DatabaseCounters | null
}

export type DatabaseOutcome =
  | { failure: DatabaseFailure }
  | {
      failure: null
      snapshot: DatabaseSnapshot
      tables: readonly TableSize[]
      counters: DatabaseCounters
    }

/** Databases to look into, and what was found; the machine's own view, over all projects. Throws when the database is away. */
export interface DatabaseStore {
  /** Leases those that are due, or the one of this id at once. Who holds one already is left alone. */
  claim(limit: number, sourceId?: string): Promise<DatabaseClaim[]>
  /** False when the lease was lost to somebody else, who then tells what there is. */
  record(claim: Pick<DatabaseClaim, 'id' | 'token'>, outcome: DatabaseOutcome): Promise<boolean>
}
