import type { DaySizes } from '../domain/database/growth.ts'
import type { DatabaseSnapshot } from '../domain/database/schema.ts'
import type { DatabaseFailure, DatabaseKind } from '../domain/database/source.ts'
import type { Instant } from '../domain/time/instant.ts'

/** A database as its page shows it; secrets never leave the database. */
export interface ListedDatabase {
  id: string
  key: string
  name: string
  kind: DatabaseKind
  /** `db.example.com:5432/shop (app)`; null for the installation's own. */
  address: string | null
  projectRef: string | null
  hasMetricsKey: boolean
  storageLimitBytes: number | null
  enabled: boolean
  lastAttemptAt: Instant | null
  lastCollectedAt: Instant | null
  /** Of the last attempt; null when it went well, or there was none. */
  failure: DatabaseFailure | null
}

/** What was found in a database last; `snapshot` is null when it cannot be read any more. */
export type LatestReading = DaySizes & { snapshot: DatabaseSnapshot | null }

/** Reads as the signed-in person: the database decides what there is. */
export interface DatabaseReader {
  /** The installation's own first, then by name. */
  listSources(projectId: string): Promise<ListedDatabase[]>
  /** Null before the first reading. */
  findLatest(projectId: string, sourceId: string): Promise<LatestReading | null>
  /** Sizes of the days since then, oldest first, the newest day left out. */
  listDays(projectId: string, sourceId: string, since: Instant): Promise<DaySizes[]>
}
