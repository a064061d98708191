import { buildWeekly } from '../../domain/report/build-weekly.ts'
import {
  type Distribution,
  describeMissed,
  distinctRecipients,
  listMissed,
  listUnsettled,
  type RecipientOutcome,
  settle,
  sumUp,
} from '../../domain/report/distribution.ts'
import { planLastWeek, planRunningWeek } from '../../domain/report/plan-report.ts'
import type { Mailer } from '../../ports/channel.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { ReportPeriod, ReportRequests } from '../../ports/report-reader.ts'
import type { ReportRenderer } from '../../ports/report-renderer.ts'
import type { ReportFiguresStore } from '../../ports/report-store.ts'

export interface SendReportNowDeps {
  /** Both in the name of the person who asks: row-level security and the role check are theirs. */
  requests: ReportRequests
  figures: ReportFiguresStore
  renderer: ReportRenderer
  mailer: Mailer
}

export interface SentReport {
  to: string[]
  /** True when it went into the local outbox because no mail provider is configured. */
  viaOutbox: boolean
}

/**
 * Sends an extra report at once, to the recipients or to the admin who asks alone. It has an id of its own, so the weekly one is
 * neither replaced nor held back by it. Each recipient gets a mail of their own, tried once: whoever asked sees the answer, with the names
 * of those who were left out, and can ask again.
 */
export async function sendReportNow(
  { requests, figures, renderer, mailer }: SendReportNowDeps,
  projectId: string,
  { period, to }: { period: ReportPeriod; to: 'recipients' | 'me' },
): Promise<CommandResult<SentReport>> {
  const asked = await requests.request(projectId, period, to)
  if (!asked.ok) return asked
  const { id, project, now, requestedBy } = asked.value
  const { slug, name, timeZone, locale } = project
  const plan = period === 'this_week' ? planRunningWeek(timeZone, now) : planLastWeek(timeZone, now)
  const report = buildWeekly({
    project: { slug, name, timeZone, locale },
    plan,
    figures: await figures.readFigures(projectId, plan.span, timeZone),
    before: await figures.readFigures(projectId, plan.spanBefore, timeZone),
  })
  const mail = await renderer.render(report, requestedBy)
  const recipients = distinctRecipients(asked.value.to)
  const outcomes: Record<string, RecipientOutcome> = {}
  let viaOutbox = false
  for (const { to: address, key } of listUnsettled(`report-now:${id}`, { recipients, outcomes })) {
    const result = await mailer.send({ ...mail, idempotencyKey: key, projectId, to: [address] })
    if (result.outcome === 'delivered') viaOutbox ||= result.viaOutbox
    const outcome = settle(result)
    // A provider that is away would let whoever asked wait for one time-out after the other.
    if (outcome === null) return refuseMissed({ recipients, outcomes }, result.detail)
    outcomes[address] = outcome
  }
  const result = sumUp({ recipients, outcomes })
  if (result.outcome !== 'delivered') return refuseMissed({ recipients, outcomes }, result.detail)
  return { ok: true, value: { to: recipients, viaOutbox } }
}

function refuseMissed(distribution: Distribution, detail: string): CommandResult<SentReport> {
  const missed = listMissed(distribution)
  const isSentToSome = missed.length < distribution.recipients.length
  const message = isSentToSome ? describeMissed(missed, detail) : `The report was not sent. ${detail}`
  return refuse(null, 'not_sent', message)
}
