import { z } from 'zod'
import { databaseSnapshotSchema, tableSizeSchema } from '../../domain/database/schema.ts'
import {
  DATABASE_FAILURES,
  type DatabaseFailure,
  type DatabaseFailureCode,
  type DatabaseKind,
} from '../../domain/database/source.ts'
import { fromIso, toIso } from '../../domain/time/instant.ts'
import type { DatabaseReader, ListedDatabase } from '../../ports/database-reader.ts'
import type { Client } from './create-client.ts'
import { take, takeRows } from './take.ts'

const SOURCE_COLUMNS =
  'id, key, name, kind, address, project_ref, has_metrics_key, storage_limit_bytes, enabled, last_attempt_at, last_collected_at, last_failure, last_error'
/** More days than any growth that is told needs. */
const DAYS_MAX = 60

const tablesSchema = z.array(tableSizeSchema).catch([])

/** `client` acts as the person who asks. */
export function createDatabaseReader(client: Client): DatabaseReader {
  return {
    async listSources(projectId) {
      const rows = takeRows(
        await client
          .from('database_sources')
          .select(SOURCE_COLUMNS)
          .eq('project_id', projectId)
          .order('name')
          .limit(100),
      )
      const sources = rows.map(toSource)
      return [...sources.filter(({ kind }) => kind === 'own'), ...sources.filter(({ kind }) => kind !== 'own')]
    },

    async findLatest(projectId, sourceId) {
      const query = client.from('database_snapshots').select('at, size_bytes, tables, data')
      const rows = query.eq('project_id', projectId).eq('source_id', sourceId).order('day', { ascending: false })
      const row = take(await rows.limit(1).maybeSingle())
      if (row === null) return null
      const snapshot = databaseSnapshotSchema.safeParse(row.data)
      return { ...toDay(row), snapshot: snapshot.success ? snapshot.data : null }
    },

    async listDays(projectId, sourceId, since) {
      const query = client.from('database_snapshots').select('at, size_bytes, tables')
      const rows = query.eq('project_id', projectId).eq('source_id', sourceId).gte('day', toIso(since).slice(0, 10))
      const newestFirst = takeRows(await rows.order('day', { ascending: false }).limit(DAYS_MAX)).map(toDay)
      return newestFirst.slice(1).reverse()
    },
  }
}

function toDay(row: { at: string; size_bytes: number; tables: unknown }) {
  return { at: fromIso(row.at), sizeBytes: row.size_bytes, tables: tablesSchema.parse(row.tables) }
}

interface SourceRow {
  id: string
  key: string
  name: string
  kind: string
  address: string | null
  project_ref: string | null
  has_metrics_key: boolean
  storage_limit_bytes: number | null
  enabled: boolean
  last_attempt_at: string | null
  last_collected_at: string | null
  last_failure: string | null
  last_error: string | null
}

function toSource(row: SourceRow): ListedDatabase {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    kind: row.kind as DatabaseKind,
    address: row.address,
    projectRef: row.project_ref,
    hasMetricsKey: row.has_metrics_key,
    storageLimitBytes: row.storage_limit_bytes,
    enabled: row.enabled,
    lastAttemptAt: row.last_attempt_at === null ? null : fromIso(row.last_attempt_at),
    lastCollectedAt: row.last_collected_at === null ? null : fromIso(row.last_collected_at),
    failure: toFailure(row),
  }
}

function toFailure({ last_failure, last_error }: SourceRow): DatabaseFailure | null {
  if (last_failure === null) return null
  const code: DatabaseFailureCode = DATABASE_FAILURES.find((one) => one === last_failure) ?? 'refused'
  return { code, message: last_error ?? '' }
}
