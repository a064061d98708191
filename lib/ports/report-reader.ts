import type { ProjectFacts } from '../domain/notification/decision-context.ts'
import type { WeeklyReport } from '../domain/report/weekly-report.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { LocalDate } from '../domain/time/zoned.ts'
import type { CommandResult } from './command-result.ts'
import type { ReportFiguresStore } from './report-store.ts'

/** Which week a person asks for: the last whole one whose report is due, or the running one up to now. */
export type ReportPeriod = 'last_week' | 'this_week'

/** A weekly report that was begun: sent, waiting for its next attempt, or given up. */
export interface PastReport {
  id: string
  firstDay: LocalDate
  lastDay: LocalDate
  status: 'pending' | 'sent' | 'failed'
  attempt: number
  sentAt: Instant | null
  nextAttemptAt: Instant | null
  recipients: string[]
  /** Why the last attempt failed, in a sentence; null when none did. */
  lastError: string | null
}

/** Reports in a person's own name: row-level security decides what exists for them. */
export interface ReportReader extends ReportFiguresStore {
  /** Who gets the weekly report; empty for a project that is not the person's. */
  readRecipients(projectId: string): Promise<string[]>
  /** Newest first; `before` is the Monday of the last one already seen, null at the start. */
  listReports(projectId: string, before: LocalDate | null, limit: number): Promise<PastReport[]>
  /** What was sent, as it was sent; null when there is no such report, or it was never composed. */
  readReport(projectId: string, reportId: string): Promise<WeeklyReport | null>
}

/** An extra report that was allowed and noted in the audit log. */
export interface ReportRequest {
  id: string
  to: string[]
  requestedBy: string
  project: ProjectFacts
  /** Database time. */
  now: Instant
}

export interface ReportRequests {
  /** Asks leave for an extra report in the person's own name. */
  request(projectId: string, period: ReportPeriod, to: 'recipients' | 'me'): Promise<CommandResult<ReportRequest>>
}
