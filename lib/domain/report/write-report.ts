import { formatCoverage, formatUptime } from '../rollup/format-figures.ts'
import { formatDuration } from '../time/format-duration.ts'
import { formatMomentIn } from '../time/format-zoned.ts'
import { HOUR } from '../time/instant.ts'
import { formatDays } from './format-period.ts'
import type { IncidentRow, ReportText } from './report-text.ts'
import type { IncidentLine, WeeklyReport } from './weekly-report.ts'
import type { ReportWords } from './words.ts'
import { wordsEn } from './words-en.ts'
import { wordsFr } from './words-fr.ts'
import { writeFigures, writeMonitors } from './write-figures.ts'
import { writeLatencyPlot, writeUptimePlot } from './write-plots.ts'

/** Fewer missed slots than one in a hundred would not change how the week is read, and every deployment of the watcher costs a few. */
const COVERAGE_WORTH_A_NOTE = 0.99

/** Words a report in the project's language. `requestedBy` names who asked for an extra one; null for the report of Monday. */
export function writeReport(report: WeeklyReport, requestedBy: string | null): ReportText {
  const words = report.project.locale === 'fr' ? wordsFr : wordsEn
  const { firstDay, lastDay, soFarAt } = report.period
  const days = formatDays(firstDay, lastDay, words.locale)
  const isSoFar = soFarAt !== null
  const figures = writeFigures(report, words)
  return {
    locale: words.locale,
    colon: words.colon,
    subject: writeSubject(report, words, days),
    preview: figures.rows
      .filter(({ isConnected }) => isConnected)
      .map(
        ({ label, value, change }) => `${label}${words.colon} ${value}${change.mark === '' ? '' : ` (${change.word})`}`,
      )
      .slice(1, 4)
      .join(' · '),
    kicker: words.kicker(report.project.name, days, isSoFar),
    headline: writeHeadline(report, words),
    notes: writeNotes(report, words),
    figures,
    uptimePlot: writeUptimePlot(report, words),
    latencyPlot: writeLatencyPlot(report, words),
    monitors: writeMonitors(report, words),
    incidents: writeIncidents(report, words),
    button: words.button,
    footer: writeFooter(report, words, requestedBy),
  }
}

function countIncidents({ figures }: WeeklyReport): number {
  const { criticalIncidents, majorIncidents, minorIncidents } = figures
  return (criticalIncidents.value ?? 0) + (majorIncidents.value ?? 0) + (minorIncidents.value ?? 0)
}

function writeSubject(report: WeeklyReport, words: ReportWords, days: string): string {
  const { name } = report.project
  const uptime = report.figures.uptime.value
  if (uptime === null) return words.subjectWithoutData({ name, days })
  return words.subject({
    name,
    uptime: formatUptime(uptime, words.locale),
    incidents: countIncidents(report),
    days,
    isSoFar: report.period.soFarAt !== null,
  })
}

function writeHeadline(report: WeeklyReport, words: ReportWords): string {
  const { value, before, change } = report.figures.uptime
  if (value === null) return words.headlineWithoutData
  const isCompared = before !== null && (change === 'better' || change === 'worse' || change === 'same')
  return words.headline({
    name: report.project.name,
    uptime: formatUptime(value, words.locale),
    before: isCompared ? { change, uptime: formatUptime(before, words.locale) } : null,
    incidents: countIncidents(report),
    critical: report.figures.criticalIncidents.value ?? 0,
    isSoFar: report.period.soFarAt !== null,
  })
}

function writeNotes({ period, project, figures }: WeeklyReport, words: ReportWords): string[] {
  const notes: string[] = []
  if (period.soFarAt !== null) {
    notes.push(words.notes.soFar(formatMomentIn(project.timeZone, period.soFarAt, words.locale)))
  }
  const hours = (period.endAt - period.startAt) / HOUR
  if (hours !== 168) notes.push(words.notes.clockChange(hours))
  const coverage = figures.coverage.value
  if (coverage !== null && coverage < COVERAGE_WORTH_A_NOTE) {
    notes.push(words.notes.gaps(formatCoverage(coverage, words.locale)))
  }
  if (figures.maintenance !== undefined) notes.push(words.notes.maintenance(figures.maintenance))
  return notes
}

function writeIncidents(report: WeeklyReport, words: ReportWords): ReportText['incidents'] {
  const { incidents: lines } = report
  const hidden = countIncidents(report) - lines.length
  return {
    title: words.incidents.title,
    rows: lines.map((line) => writeIncident(line, report.project.timeZone, words)),
    more: hidden > 0 ? words.incidents.more(hidden) : null,
    none: lines.length === 0 ? words.incidents.none : null,
  }
}

function writeIncident(line: IncidentLine, timeZone: string, words: ReportWords): IncidentRow {
  const { classes, lasted, lasting } = words.incidents
  const ended = line.durationMs === null ? lasting : lasted(formatDuration(line.durationMs, words.locale))
  const startedAt = withoutZone(formatMomentIn(timeZone, line.startedAt, words.locale))
  return {
    title: `#${line.number} ${line.title}`,
    detail: `${classes[line.priority]} · ${startedAt} · ${ended}`,
    isCritical: line.priority === 'P0',
  }
}

function writeFooter({ period, project }: WeeklyReport, words: ReportWords, requestedBy: string | null): string[] {
  const moment = (at: number) => formatMomentIn(project.timeZone, at, words.locale)
  return [
    words.footer.span(withoutZone(moment(period.startAt)), moment(period.soFarAt ?? period.endAt)),
    requestedBy === null ? words.footer.monday : words.footer.onRequest(requestedBy),
  ]
}

/** The zone is named once, at the end of the report. */
function withoutZone(moment: string): string {
  return moment.replace(/ \(.*\)$/, '')
}
