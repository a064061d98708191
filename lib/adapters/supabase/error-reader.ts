import type { ErrorIssue } from '../../domain/log/error-issue.ts'
import { fromIso, toIso } from '../../domain/time/instant.ts'
import type { ErrorReader } from '../../ports/error-reader.ts'
import type { Client } from './create-client.ts'
import { takeRows } from './take.ts'

const COLUMNS =
  'id, kind, external_id, short_id, title, level, status, service, release, first_seen_at, last_seen_at, told_count, event_count, user_count, url'

/** Over PostgREST, under the row level security of the client's person. */
export function createErrorReader(client: Client): ErrorReader {
  return {
    async list(projectId, { status, below, limit }) {
      let query = client.from('error_issues').select(COLUMNS).eq('project_id', projectId)
      if (status !== null) query = query.eq('status', status)
      if (below !== null) {
        const at = toIso(below.at)
        query = query.or(`last_seen_at.lt."${at}",and(last_seen_at.eq."${at}",id.lt.${below.id})`)
      }
      const ordered = query.order('last_seen_at', { ascending: false }).order('id', { ascending: false })
      return (takeRows(await ordered.limit(limit)) as unknown as IssueRow[]).map(toIssue)
    },
  }
}

interface IssueRow
  extends Pick<ErrorIssue, 'id' | 'kind' | 'title' | 'level' | 'status' | 'service' | 'release' | 'url'> {
  external_id: string
  short_id: string
  first_seen_at: string
  last_seen_at: string
  told_count: number
  event_count: number
  user_count: number
}

function toIssue(row: IssueRow): ErrorIssue {
  const { id, kind, title, level, status, service, release, url } = row
  return {
    ...{ id, kind, title, level, status, service, release, url },
    externalId: row.external_id,
    shortId: row.short_id,
    firstSeenAt: fromIso(row.first_seen_at),
    lastSeenAt: fromIso(row.last_seen_at),
    count: Math.max(row.told_count, row.event_count),
    users: row.user_count,
  }
}
