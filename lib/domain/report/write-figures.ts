import { formatRating } from '../feedback/ratings.ts'
import { formatCount, formatCoverage, formatLatency, formatUptime } from '../rollup/format-figures.ts'
import { formatDuration } from '../time/format-duration.ts'
import type { Compared } from './compare.ts'
import type { ChangeText, FigureRow, ReportText } from './report-text.ts'
import type { WeeklyReport } from './weekly-report.ts'
import type { ReportWords } from './words.ts'

/** The table of the week's figures, each beside the week before, with places for what nothing feeds yet. */
export function writeFigures(
  { figures, period, deployments, satisfaction }: WeeklyReport,
  words: ReportWords,
): ReportText['figures'] {
  const { figures: labels, locale } = words
  const row = (
    label: string,
    note: string | null,
    compared: Compared,
    format: (value: number) => string,
  ): FigureRow => {
    const value = compared.value === null ? labels.none : format(compared.value)
    const before = compared.before === null ? '–' : format(compared.before)
    return { label, note, value, before, change: writeChange(compared, value === before, words), isConnected: true }
  }
  const uptime = (value: number) => formatUptime(value, locale)
  const latency = (value: number) => formatLatency(value, locale)
  const count = (value: number) => formatCount(value, locale)
  const duration = (value: number) => formatDuration(value, locale)
  const coverage = figures.coverage.value
  const { columns } = labels
  return {
    title: labels.title,
    columns: [
      columns.figure,
      period.soFarAt === null ? columns.week : columns.weekSoFar,
      period.soFarAt === null ? columns.before : columns.beforeSoFar,
      columns.change,
    ],
    rows: [
      row(
        labels.uptime,
        coverage === null ? null : labels.coverage(formatCoverage(coverage, locale)),
        figures.uptime,
        uptime,
      ),
      row(labels.average, null, figures.averageMs, latency),
      row(labels.p95, labels.p95Note, figures.p95Ms, latency),
      row(labels.errors, labels.errorsNote, figures.errors, count),
      row(labels.critical, null, figures.criticalIncidents, count),
      row(labels.major, null, figures.majorIncidents, count),
      row(labels.minor, null, figures.minorIncidents, count),
      row(labels.acknowledge, labels.medianNote, figures.acknowledgeMs, duration),
      row(labels.resolve, labels.medianNote, figures.resolveMs, duration),
      writeDeployments(deployments, words),
      writeSatisfaction(satisfaction, words),
    ],
  }
}

function writeSatisfaction(line: WeeklyReport['satisfaction'], words: ReportWords): FigureRow {
  const { figures: labels, locale } = words
  if (!line.connected) return writeUnconnected(labels.satisfaction, words)
  const { average, count, countBefore } = line
  const rating = (value: number) => labels.ofFive(formatRating(value, locale))
  const value = average.value === null ? labels.none : rating(average.value)
  const before = average.before === null ? '–' : rating(average.before)
  return {
    label: labels.satisfaction,
    note: labels.answers(count, countBefore),
    value,
    before,
    change: writeChange(average, value === before, words),
    isConnected: true,
  }
}

function writeDeployments(line: WeeklyReport['deployments'], words: ReportWords): FigureRow {
  const { figures: labels, locale } = words
  if (!line.connected) return writeUnconnected(labels.deployments, words)
  const write = (succeeded: number, failed: number) =>
    labels.deploymentCounts(formatCount(succeeded, locale), formatCount(failed, locale))
  const { succeeded, succeededBefore, failed } = line
  const before = succeededBefore === null ? '–' : write(succeededBefore, failed.before ?? 0)
  return {
    label: labels.deployments,
    note: labels.deploymentsNote,
    value: write(succeeded, failed.value ?? 0),
    before,
    change: writeChange(failed, true, words),
    isConnected: true,
  }
}

function writeUnconnected(label: string, { figures }: ReportWords): FigureRow {
  const change: ChangeText = { mark: '', word: '', tone: 'neutral' }
  return { label, note: null, value: figures.notConnected, before: '', change, isConnected: false }
}

/** The arrow says which way the figure went, the word whether that is good. */
export function writeChange({ change, direction }: Compared, readsAlike: boolean, words: ReportWords): ChangeText {
  switch (change) {
    case 'better':
    case 'worse':
      return {
        mark: direction === 'up' ? '▲' : '▼',
        word: words.changes[change],
        tone: change === 'better' ? 'good' : 'bad',
      }
    case 'same':
      return { mark: '=', word: readsAlike ? words.changes.same : words.changes.similar, tone: 'neutral' }
    case 'no_week_before':
    case 'not_comparable':
      return { mark: '', word: words.changes[change], tone: 'neutral' }
  }
}

/** The table of monitors, each with its own change of uptime. */
export function writeMonitors(report: WeeklyReport, words: ReportWords): ReportText['monitors'] {
  const { monitors: lines, monitorsTotal } = report
  const { monitors: labels, locale } = words
  const hidden = monitorsTotal - lines.length
  const { columns } = labels
  return {
    title: labels.title(lines.length, monitorsTotal),
    columns: [columns.name, columns.uptime, columns.p95, columns.errors, columns.change],
    rows: lines.map(({ key, name, uptime, coverage, p95Ms, errors }) => ({
      key,
      name,
      uptime: uptime.value === null ? words.noData : formatUptime(uptime.value, locale),
      coverage: coverage === null || coverage === 1 ? null : labels.coverage(formatCoverage(coverage, locale)),
      p95: formatLatency(p95Ms, locale),
      errors: formatCount(errors, locale),
      change:
        uptime.change === 'no_week_before'
          ? { mark: '', word: labels.isNew, tone: 'neutral' }
          : writeChange(uptime, true, words),
    })),
    more: hidden > 0 ? labels.more(hidden) : null,
  }
}
