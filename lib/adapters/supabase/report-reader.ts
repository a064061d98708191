import type { ProjectFacts } from '../../domain/notification/decision-context.ts'
import { fromIso } from '../../domain/time/instant.ts'
import type { Locale } from '../../domain/time/locale.ts'
import type { PastReport, ReportReader, ReportRequest, ReportRequests } from '../../ports/report-reader.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'
import { readReportFigures, toReport } from './report-rows.ts'
import { toInstant } from './rows.ts'
import { take, takeRows } from './take.ts'

const COLUMNS =
  'id, period_start, period_end, status, attempt, sent_at, next_attempt_at, recipients, last_error' as const

/** Reports over PostgREST, under the row level security of the client's person. */
export function createReportReader(client: Client): ReportReader {
  return {
    readFigures: (projectId, span, timeZone) => readReportFigures(client, projectId, span, timeZone),

    async readRecipients(projectId) {
      const found = await client.from('projects').select('report_recipients').eq('id', projectId).maybeSingle()
      return take(found)?.report_recipients ?? []
    },

    async listReports(projectId, before, limit) {
      let query = client.from('reports').select(COLUMNS).eq('project_id', projectId).eq('kind', 'weekly')
      if (before !== null) query = query.lt('period_start', before)
      const rows = takeRows(await query.order('period_start', { ascending: false }).limit(limit))
      return rows.map(
        (row): PastReport => ({
          id: row.id,
          firstDay: row.period_start,
          lastDay: row.period_end,
          status: row.status as PastReport['status'],
          attempt: row.attempt,
          sentAt: toInstant(row.sent_at),
          nextAttemptAt: toInstant(row.next_attempt_at),
          recipients: row.recipients,
          lastError: row.last_error,
        }),
      )
    },

    async readReport(projectId, reportId) {
      const found = await client
        .from('reports')
        .select('data')
        .eq('project_id', projectId)
        .eq('id', reportId)
        .maybeSingle()
      return toReport(take(found)?.data ?? null)
    },
  }
}

interface RequestRow {
  id: string
  to: string[]
  requested_by: string
  now: string
  project: { id: string; slug: string; name: string; time_zone: string; locale: Locale }
}

/** Asks for extra reports; the function behind it checks the role of the client's person and writes the audit entry. */
export function createReportRequests(client: Client): ReportRequests {
  return {
    async request(projectId, period, to) {
      const answer = await command<RequestRow, 'request_report'>(client, 'request_report', {
        p_project_id: projectId,
        p_period: period,
        p_to: to,
      })
      return answer.ok ? { ok: true, value: toRequest(answer.value) } : answer
    },
  }
}

function toRequest(row: RequestRow): ReportRequest {
  const { id, slug, name, time_zone: timeZone, locale } = row.project
  const project: ProjectFacts = { id, slug, name, timeZone, locale }
  return { id: row.id, to: row.to, requestedBy: row.requested_by, project, now: fromIso(row.now) }
}
