import type {
  Integration,
  IntegrationError,
  IntegrationKind,
  SentryConfig,
} from '../../domain/deployment/integration.ts'
import { fromIso } from '../../domain/time/instant.ts'
import type { IntegrationReader } from '../../ports/integration-reader.ts'
import type { Client } from './create-client.ts'
import { toInstant } from './rows.ts'
import { takeRows } from './take.ts'

const COLUMNS =
  'id, kind, name, key, config, has_secret, has_token, enabled, last_received_at, refused_count, last_error, last_error_detail, last_error_at, created_at'

/** Over PostgREST, under the row level security of the client's person. */
export function createIntegrationReader(client: Client): IntegrationReader {
  return {
    async list(projectId) {
      const rows = takeRows(
        await client.from('integrations').select(COLUMNS).eq('project_id', projectId).order('created_at').limit(1_000),
      )
      return (rows as unknown as IntegrationRow[]).map(toIntegration)
    },
  }
}

interface IntegrationRow {
  id: string
  kind: IntegrationKind
  name: string
  key: string
  config: Partial<SentryConfig>
  has_secret: boolean
  has_token: boolean
  enabled: boolean
  last_received_at: string | null
  refused_count: number
  last_error: IntegrationError | null
  last_error_detail: string | null
  last_error_at: string | null
  created_at: string
}

function toIntegration(row: IntegrationRow): Integration {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    key: row.key,
    sentry: { organization: row.config.organization ?? '', project: row.config.project ?? '' },
    hasSecret: row.has_secret,
    hasToken: row.has_token,
    enabled: row.enabled,
    lastReceivedAt: toInstant(row.last_received_at),
    refusedCount: row.refused_count,
    lastError:
      row.last_error === null || row.last_error_at === null
        ? null
        : { code: row.last_error, detail: row.last_error_detail ?? '', at: fromIso(row.last_error_at) },
    createdAt: fromIso(row.created_at),
  }
}
