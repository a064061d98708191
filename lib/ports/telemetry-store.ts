import type { LogRecord } from '../domain/log/record.ts'
import type { SeriesSamples } from '../domain/series/sample.ts'

/** Why part of a batch was not taken. */
export type RejectionCode = 'too_old' | 'too_new' | 'series_limit' | 'day_limit' | 'invalid' | 'too_long'

export interface Rejection {
  code: RejectionCode
  count: number
  /** One sentence with an example: which field, what was given, what is allowed. */
  message: string
}

/** One request of a sender, as it is stored. */
export interface TelemetryBatch {
  projectId: string
  /** `otlp`, `json`, `vercel` …: for the figures about what came in. */
  source: string
  /**
   * SHA-256 of the body, hex, or another name of it. The same one again within a day is answered as before and counted once.
   */
  digest: string
  series: readonly SeriesSamples[]
  logs: readonly LogRecord[]
  /** What was already refused while the body was read. Counted, and shown to the admins. */
  rejections: readonly Rejection[]
}

export interface StoredBatch {
  /** Samples or lines that are in the store now, those that had been there already included. */
  accepted: number
  /** Everything that is not, with its reason: what was refused before and what the store refused. */
  rejections: readonly Rejection[]
  /** True when this very body had been taken before. */
  isReplay: boolean
}

/** Where everything that applications tell is kept. Throws when the database is away; nothing of the batch is stored then. */
export interface TelemetryStore {
  /** All of it in one transaction. */
  storeBatch(batch: TelemetryBatch): Promise<StoredBatch>
  /** Rolls up a share of what came in since the last time, and says whether there is more. */
  rollUp(): Promise<{ hasMore: boolean }>
  /** Adds hours up to days, makes the partitions to come and drops those past retention. */
  rollUpDaysAndPrune(): Promise<void>
}
