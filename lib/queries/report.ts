import type { ProjectFacts } from '../domain/notification/decision-context.ts'
import { buildWeekly } from '../domain/report/build-weekly.ts'
import { planLastWeek, planRunningWeek } from '../domain/report/plan-report.ts'
import type { WeeklyReport } from '../domain/report/weekly-report.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { LocalDate } from '../domain/time/zoned.ts'
import type { PastReport, ReportPeriod, ReportReader } from '../ports/report-reader.ts'
import type { ReportFiguresStore } from '../ports/report-store.ts'

/** Rows of the list of reports on one page: half a year of them. */
const PAGE = 26

export interface ReportList {
  recipients: string[]
  /** Newest first. */
  reports: PastReport[]
  /** Pass as `before` for the next page; null at the end. */
  next: LocalDate | null
}

/** Past weekly reports of a project, and who gets the next one. */
export async function readReports(
  reader: ReportReader,
  projectId: string,
  before: LocalDate | null = null,
): Promise<ReportList> {
  const [recipients, found] = await Promise.all([
    reader.readRecipients(projectId),
    reader.listReports(projectId, before, PAGE + 1),
  ])
  const reports = found.slice(0, PAGE)
  return { recipients, reports, next: found.length > PAGE ? (reports.at(-1)?.firstDay ?? null) : null }
}

/** The report that an admin would send now. It is composed from the figures of this moment and stored nowhere. */
export async function readReportPreview(
  store: ReportFiguresStore,
  { id, slug, name, timeZone, locale }: ProjectFacts,
  period: ReportPeriod,
  now: Instant,
): Promise<WeeklyReport> {
  const plan = period === 'this_week' ? planRunningWeek(timeZone, now) : planLastWeek(timeZone, now)
  const [figures, before] = await Promise.all([
    store.readFigures(id, plan.span, timeZone),
    store.readFigures(id, plan.spanBefore, timeZone),
  ])
  return buildWeekly({ project: { slug, name, timeZone, locale }, plan, figures, before })
}
