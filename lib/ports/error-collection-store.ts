import type { SeriesIdentity } from '../domain/series/sample.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { ProviderProblem } from './error-counter.ts'

/** A leased connection: `token` must be presented to change anything about it. */
export interface ErrorCollectionClaim {
  id: string
  token: number
  organization: string
  project: string
  /** Sealed by `SecretBox`. */
  tokenCiphertext: string
  /** Null before the first time. */
  collectedUntil: Instant | null
}

export type ErrorCollection =
  | {
      series: SeriesIdentity
      samples: readonly { at: Instant; value: number }[]
      collectedUntil: Instant
    }
  | { error: ProviderProblem }

/** Which error trackers are to be asked, and what they answered. Throws when the database is away. */
export interface ErrorCollectionStore {
  claim(limit: number): Promise<{ now: Instant; claims: ErrorCollectionClaim[] }>
  /** False when the lease was lost meanwhile: then nothing is stored. */
  finish(claim: ErrorCollectionClaim, collection: ErrorCollection): Promise<boolean>
}
