import { formatLatency, formatUptime } from '../rollup/format-figures.ts'
import { formatDayOfWeek } from './format-period.ts'
import type { LatencyPlotText, UptimePlotText } from './report-text.ts'
import type { DayLine, WeeklyReport } from './weekly-report.ts'
import type { ReportWords } from './words.ts'

/** Uptime by day. The title is the finding: the worst day, or that there was none. */
export function writeUptimePlot({ days }: WeeklyReport, words: ReportWords): UptimePlotText {
  const { locale } = words
  const lines = days.map(({ date, uptime }) => ({
    label: formatDayOfWeek(date, locale),
    value: uptime === null ? words.noData : formatUptime(uptime, locale),
    downShare: uptime === null ? null : 1 - uptime,
  }))
  const lowest = lines.reduce<(typeof lines)[number] | null>(
    (worst, line) => ((line.downShare ?? 0) > (worst?.downShare ?? 0) ? line : worst),
    null,
  )
  const isMeasured = lines.some(({ downShare }) => downShare !== null)
  const { title, alt, axisTop } = words.uptimePlot
  const told = lines.map(({ label, value }) => `${label} ${value}`).join(', ')
  return {
    label: alt,
    title: isMeasured ? title(lowest === null ? null : { day: lowest.label, uptime: lowest.value }) : words.noData,
    alt: `${alt}${words.colon} ${told}.`,
    noData: words.noData,
    axisTop,
    days: lines,
  }
}

/** p50 and p95 by day. The title names the day with the highest p95. */
export function writeLatencyPlot({ days }: WeeklyReport, words: ReportWords): LatencyPlotText {
  const { locale } = words
  const slowest = days.reduce<DayLine | null>(
    (worst, day) => ((day.p95Ms ?? 0) > (worst?.p95Ms ?? 0) ? day : worst),
    null,
  )
  const { title, alt, p50, p95 } = words.latencyPlot
  const told = days.map(({ date, p50Ms, p95Ms }) => {
    const label = formatDayOfWeek(date, locale)
    return p50Ms === null || p95Ms === null
      ? `${label} ${words.noData}`
      : `${label} ${formatLatency(p50Ms, locale)} / ${formatLatency(p95Ms, locale)}`
  })
  return {
    label: alt,
    title: title(
      slowest === null
        ? null
        : { day: formatDayOfWeek(slowest.date, locale), p95: formatLatency(slowest.p95Ms, locale) },
    ),
    alt: `${alt}${words.colon} ${told.join(', ')}.`,
    noData: words.noData,
    p50Label: p50,
    p95Label: p95,
    days: days.map(({ date, p50Ms, p95Ms }) => ({ label: formatDayOfWeek(date, locale), p50Ms, p95Ms })),
  }
}
