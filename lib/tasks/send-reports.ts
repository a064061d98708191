import { decideNextAttempt, type NextAttempt } from '../domain/delivery/next.ts'
import type { DeliveryResult } from '../domain/delivery/result.ts'
import { buildWeekly } from '../domain/report/build-weekly.ts'
import { listDueWeeks } from '../domain/report/due-weeks.ts'
import { planWholeWeek } from '../domain/report/plan-report.ts'
import type { WeeklyReport } from '../domain/report/weekly-report.ts'
import type { Week } from '../domain/time/week.ts'
import type { Mailer } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import type { ReportRenderer } from '../ports/report-renderer.ts'
import type { ReportCandidate, ReportClaim, ReportStore } from '../ports/report-store.ts'

export interface SendReportsDeps {
  reports: ReportStore
  renderer: ReportRenderer
  mailer: Mailer
  clock: Clock
  random: Random
  log: Log
}

/**
 * Sends every weekly report that is due and answers how many went out. Safe to run at any time, late, twice or side by side: a week
 * has one row, whoever leases it sends it, and figures and recipients are kept before the first attempt, so that an attempt whose
 * end nobody saw is repeated byte for byte under the same idempotency key.
 */
export async function sendDueReports(deps: SendReportsDeps): Promise<number> {
  const { now, candidates } = await deps.reports.listCandidates()
  let sent = 0
  for (const candidate of candidates) {
    for (const week of listDueWeeks(candidate.history, now)) {
      const claim = await deps.reports.claim(candidate.project.id, week)
      if (claim !== null && (await sendOne(deps, candidate, week, claim))) sent += 1
    }
  }
  return sent
}

async function sendOne(
  deps: SendReportsDeps,
  candidate: ReportCandidate,
  week: Week,
  claim: ReportClaim,
): Promise<boolean> {
  const result = await attempt(deps, candidate, week, claim)
  if (result === null) return false
  const now = deps.clock.now()
  const { createdAt, attempt: number } = claim
  const next = refuseToDisable(
    decideNextAttempt({ result, attempt: number, createdAt, now, chance: deps.random.next() }),
  )
  const kept = await deps.reports.finish(claim, result, next)
  const fields = { reportId: claim.id, project: candidate.project.slug, week: week.firstDay, attempt: number, kept }
  if (result.outcome === 'delivered') deps.log.info('report.sent', fields)
  else deps.log.warn('report.failed', { ...fields, next: next.kind, detail: result.detail })
  return result.outcome === 'delivered'
}

/** Null when the lease was lost before anything was sent. */
async function attempt(
  { reports, renderer, mailer, log }: SendReportsDeps,
  candidate: ReportCandidate,
  week: Week,
  claim: ReportClaim,
): Promise<DeliveryResult | null> {
  let mail: Awaited<ReturnType<ReportRenderer['render']>>
  let to: string[]
  try {
    const stamped = claim.stamped ?? {
      report: await compose(reports, candidate, week),
      recipients: candidate.recipients,
    }
    if (claim.stamped === null && !(await reports.stamp(claim, stamped.report, stamped.recipients))) return null
    mail = await renderer.render(stamped.report, null)
    to = stamped.recipients
  } catch (error) {
    // One project's report must not keep those of the others, nor the rest of the tick. It is tried again like any other, and shows.
    log.error('report.not_composed', { reportId: claim.id, project: candidate.project.slug, error: String(error) })
    const detail = 'The report could not be composed; the log of the server says why.'
    return { outcome: 'retry', detail, statusCode: null, retryAfterMs: null, uncertain: false }
  }
  return mailer.send({ idempotencyKey: `report:${claim.id}`, projectId: candidate.project.id, to, ...mail })
}

async function compose(reports: ReportStore, { project }: ReportCandidate, week: Week): Promise<WeeklyReport> {
  const { id, slug, name, timeZone, locale } = project
  const plan = planWholeWeek(timeZone, week)
  const figures = await reports.readFigures(id, plan.span, timeZone)
  const before = await reports.readFigures(id, plan.spanBefore, timeZone)
  return buildWeekly({ project: { slug, name, timeZone, locale }, plan, figures, before })
}

/** A report has no channel that could be switched off: what would do that ends the report. */
function refuseToDisable(next: NextAttempt): NextAttempt {
  return next.kind === 'disable_channel' ? { kind: 'dead', reason: next.reason } : next
}
