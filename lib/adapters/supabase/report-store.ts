import type { RecipientOutcome } from '../../domain/report/distribution.ts'
import { fromIso, toIso } from '../../domain/time/instant.ts'
import type { Locale } from '../../domain/time/locale.ts'
import type { ReportCandidate, ReportClaim, ReportStore } from '../../ports/report-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { readReportFigures, toReport } from './report-rows.ts'

interface CandidateRow {
  id: string
  slug: string
  name: string
  time_zone: string
  locale: Locale
  recipients: string[]
  created_at: string
  wanted_since: string
  last_period_start: string | null
  unfinished: string[]
}

interface ClaimRow {
  id: string
  token: number
  attempt: number
  created_at: string
  recipients: string[]
  outcomes: Record<string, RecipientOutcome>
  data: unknown
}

/** The machine's store of weekly reports over PostgREST. `client` holds the secret key. */
export function createReportStore(client: Client): ReportStore {
  return {
    async listCandidates() {
      const answer = (await call(client, 'list_report_candidates', {} as never)) as {
        now: string
        projects: CandidateRow[]
      }
      return { now: fromIso(answer.now), candidates: answer.projects.map(toCandidate) }
    },

    async claim(projectId, { firstDay, lastDay }) {
      const row = (await call(client, 'claim_report', {
        p_project_id: projectId,
        p_period_start: firstDay,
        p_period_end: lastDay,
      })) as ClaimRow | null
      return row === null ? null : toClaim(row)
    },

    async stamp({ id, token }, report, recipients) {
      return (await call(client, 'stamp_report', {
        p_report: { id, token, recipients, data: report } as never,
      })) as boolean
    },

    async note({ id, token }, recipient, { outcome, detail }) {
      return (await call(client, 'note_report_recipient', {
        p_report: { id, token, recipient, outcome, detail },
      })) as boolean
    },

    async finish({ id, token }, next, lastError) {
      const nextAttemptAt = next.kind === 'retry' ? toIso(next.at) : null
      return (await call(client, 'finish_report', {
        p_report: { id, token, last_error: lastError, next: next.kind, next_attempt_at: nextAttemptAt },
      })) as boolean
    },

    readFigures: (projectId, span, timeZone) => readReportFigures(client, projectId, span, timeZone),
  }
}

function toCandidate(row: CandidateRow): ReportCandidate {
  return {
    project: { id: row.id, slug: row.slug, name: row.name, timeZone: row.time_zone, locale: row.locale },
    recipients: row.recipients,
    history: {
      timeZone: row.time_zone,
      createdAt: fromIso(row.created_at),
      wantedSince: fromIso(row.wanted_since),
      lastFirstDay: row.last_period_start,
      unfinished: row.unfinished,
    },
  }
}

function toClaim({ id, token, attempt, created_at, recipients, outcomes, data }: ClaimRow): ReportClaim {
  const report = toReport(data)
  return {
    id,
    token,
    attempt,
    createdAt: fromIso(created_at),
    stamped: report === null ? null : { report, recipients, outcomes },
  }
}
