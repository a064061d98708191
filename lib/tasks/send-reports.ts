import { decideNextAttempt, type NextAttempt } from '../domain/delivery/next.ts'
import type { DeliveryResult } from '../domain/delivery/result.ts'
import { buildWeekly } from '../domain/report/build-weekly.ts'
import {
  conclude,
  type Distribution,
  distinctRecipients,
  listUnsettled,
  settle,
  sumUp,
} from '../domain/report/distribution.ts'
import { listDueWeeks } from '../domain/report/due-weeks.ts'
import { planWholeWeek } from '../domain/report/plan-report.ts'
import type { WeeklyReport } from '../domain/report/weekly-report.ts'
import type { Week } from '../domain/time/week.ts'
import type { Mailer, MailMessage } from '../ports/channel.ts'
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
 * has one row, whoever leases it sends it, figures and recipients are kept before the first mail, and each mail's end as soon as it is
 * known. One whose end nobody saw is repeated byte for byte under the same idempotency key.
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
  const attempted = await attempt(deps, candidate, week, claim)
  if (attempted === null) return false
  const { result, distribution } = attempted
  const now = deps.clock.now()
  const { createdAt, attempt: number } = claim
  const decided = refuseToDisable(
    decideNextAttempt({ result, attempt: number, createdAt, now, chance: deps.random.next() }),
  )
  const { next, lastError } = conclude(distribution, result, decided)
  const kept = await deps.reports.finish(claim, next, lastError)
  const fields = { reportId: claim.id, project: candidate.project.slug, week: week.firstDay, attempt: number, kept }
  if (lastError === null) deps.log.info('report.sent', fields)
  else deps.log.warn('report.failed', { ...fields, next: next.kind, detail: lastError })
  return next.kind === 'done'
}

interface Attempted {
  result: DeliveryResult
  distribution: Distribution
}

/** Null when the lease was lost: whoever has it now goes on with those who have no mail yet. */
async function attempt(
  deps: SendReportsDeps,
  candidate: ReportCandidate,
  week: Week,
  claim: ReportClaim,
): Promise<Attempted | null> {
  const { reports, renderer, log } = deps
  const { id: projectId, slug } = candidate.project
  let mail: Awaited<ReturnType<ReportRenderer['render']>>
  let stamped: NonNullable<ReportClaim['stamped']>
  try {
    stamped = claim.stamped ?? {
      report: await compose(reports, candidate, week),
      recipients: distinctRecipients(candidate.recipients),
      outcomes: {},
    }
    if (claim.stamped === null && !(await reports.stamp(claim, stamped.report, stamped.recipients))) return null
    mail = await renderer.render(stamped.report, null)
  } catch (error) {
    // One project's report must not keep those of the others, nor the rest of the tick. It is tried again like any other, and shows.
    log.error('report.not_composed', { reportId: claim.id, project: slug, error: String(error) })
    const detail = 'The report could not be composed; the log of the server says why.'
    const result = { outcome: 'retry', detail, statusCode: null, retryAfterMs: null, uncertain: false } as const
    return { result, distribution: claim.stamped ?? { recipients: [], outcomes: {} } }
  }
  return sendToEach(deps, claim, stamped, (to, idempotencyKey) => ({ ...mail, to: [to], idempotencyKey, projectId }))
}

/** One after the other: a provider that asks for a pause is left in peace, and a crash leaves at most one mail in doubt. */
async function sendToEach(
  { reports, mailer }: SendReportsDeps,
  claim: ReportClaim,
  { recipients, outcomes: before }: Distribution,
  address: (to: string, idempotencyKey: string) => MailMessage,
): Promise<Attempted | null> {
  const outcomes = { ...before }
  const distribution = { recipients, outcomes }
  for (const { to, key } of listUnsettled(`report:${claim.id}`, distribution)) {
    const result = await mailer.send(address(to, key))
    const outcome = settle(result)
    if (outcome === null) return { result, distribution }
    if (!(await reports.note(claim, to, outcome))) return null
    outcomes[to] = outcome
  }
  return { result: sumUp(distribution), distribution }
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
