import type { NextAttempt } from '../domain/delivery/next.ts'
import type { ProjectFacts } from '../domain/notification/decision-context.ts'
import type { RecipientOutcome } from '../domain/report/distribution.ts'
import type { ReportHistory } from '../domain/report/due-weeks.ts'
import type { ReportFigures } from '../domain/report/figures.ts'
import type { WeeklyReport } from '../domain/report/weekly-report.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Week } from '../domain/time/week.ts'

export interface ReportCandidate {
  project: ProjectFacts
  recipients: string[]
  history: ReportHistory
}

/** A leased report: `token` must be presented to change anything about it. */
export interface ReportClaim {
  id: string
  token: number
  attempt: number
  createdAt: Instant
  /** What an earlier attempt decided to send, and to whom, and what became of their mails so far; null on the first. */
  stamped: { report: WeeklyReport; recipients: string[]; outcomes: Record<string, RecipientOutcome> } | null
}

export interface ReportSpan {
  from: Instant
  until: Instant
}

/** The figures of a span. The client that the adapter was given decides who may read them. */
export interface ReportFiguresStore {
  readFigures(projectId: string, span: ReportSpan, timeZone: string): Promise<ReportFigures>
}

/** The machine's store of weekly reports. Every method is one statement; all of them throw when the database is away. */
export interface ReportStore extends ReportFiguresStore {
  /** Projects that may have something to send, and the database's time. */
  listCandidates(): Promise<{ now: Instant; candidates: ReportCandidate[] }>
  /** Null when the report of that week was sent, has failed for good, waits for its next attempt, or is in other hands. */
  claim(projectId: string, week: Week): Promise<ReportClaim | null>
  /** False when the lease was lost meanwhile: then another worker sends it. */
  stamp(claim: ReportClaim, report: WeeklyReport, recipients: string[]): Promise<boolean>
  /** Keeps what became of one recipient's mail and renews the lease. False when it was lost meanwhile: then another worker goes on. */
  note(claim: ReportClaim, recipient: string, outcome: RecipientOutcome): Promise<boolean>
  /** `lastError` is null when everybody got it. False when the lease was lost meanwhile. */
  finish(claim: ReportClaim, next: NextAttempt, lastError: string | null): Promise<boolean>
}
