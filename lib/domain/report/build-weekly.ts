import { sumCounts, uptimeOf } from '../rollup/uptime.ts'
import { mergeHistograms, quantile } from '../series/histogram.ts'
import type { Instant } from '../time/instant.ts'
import type { Week } from '../time/week.ts'
import { addDays, localDateIn } from '../time/zoned.ts'
import { COUNT, compare, DURATION, RATING, UPTIME } from './compare.ts'
import type { AnswerFigures, DayFigures, IncidentRecord, ReportFigures, SpanFigures } from './figures.ts'
import { lineUpMonitors } from './line-up-monitors.ts'
import type { ReportPlan } from './plan-report.ts'
import {
  type DayLine,
  INCIDENTS_SHOWN,
  type IncidentLine,
  type WeeklyFigures,
  type WeeklyReport,
} from './weekly-report.ts'

export interface WeekInput {
  project: WeeklyReport['project']
  plan: ReportPlan
  /** Of `plan.span`. */
  figures: ReportFigures
  /** Of `plan.spanBefore`. */
  before: ReportFigures
}

/** Decides everything that a weekly report says. Percentiles come from merged histograms, never from percentiles of parts. */
export function buildWeekly({ project, plan, figures, before }: WeekInput): WeeklyReport {
  const { week, soFarAt } = plan
  return {
    version: 1,
    project,
    period: { firstDay: week.firstDay, lastDay: week.lastDay, startAt: week.startAt, endAt: week.endAt, soFarAt },
    monitorsTotal: figures.monitors.length,
    figures: compareWeeks(figures, before),
    monitors: lineUpMonitors(figures.monitors, before.monitors),
    days: lineUpDays(project.timeZone, week, soFarAt, figures.days),
    incidents: lineUpIncidents(figures.incidents),
    deployments: lineUpDeployments(figures, before),
    satisfaction: compareSatisfaction(figures.satisfaction, before.satisfaction),
  }
}

function compareWeeks(figures: ReportFigures, before: ReportFigures): WeeklyFigures {
  const one = mergeSpans(figures.monitors)
  const other = mergeSpans(before.monitors)
  const had = before.monitors.length > 0
  const { maintenance } = one.counts
  const [uptime, uptimeBefore] = [uptimeOf(one.counts), uptimeOf(other.counts)]
  const incidents = (...priorities: string[]) => {
    const of = (all: IncidentRecord[]) => all.filter(({ priority }) => priorities.includes(priority)).length
    return compare(of(figures.incidents), of(before.incidents), had, COUNT)
  }
  const median = (until: 'acknowledgedAt' | 'resolvedAt') =>
    compare(medianMs(figures.incidents, until), medianMs(before.incidents, until), had, DURATION)
  return {
    uptime: compare(uptime.uptime, uptimeBefore.uptime, had, UPTIME),
    coverage: compare(uptime.coverage, uptimeBefore.coverage, had, UPTIME),
    ...(maintenance == null ? {} : { maintenance }),
    averageMs: compare(averageOf(one), averageOf(other), had, DURATION),
    p95Ms: compare(percentileOf(one, 0.95), percentileOf(other, 0.95), had, DURATION),
    errors: compare(one.counts.down, other.counts.down, had, COUNT),
    criticalIncidents: incidents('P0'),
    majorIncidents: incidents('P1'),
    minorIncidents: incidents('P2', 'P3'),
    acknowledgeMs: median('acknowledgedAt'),
    resolveMs: median('resolvedAt'),
  }
}

function compareSatisfaction(one: AnswerFigures | null, other: AnswerFigures | null): WeeklyReport['satisfaction'] {
  if (one === null) return { connected: false }
  const averageOf = ({ count, sum }: AnswerFigures) => (count === 0 ? null : sum / count)
  const before = other === null ? null : averageOf(other)
  return {
    connected: true,
    average: compare(averageOf(one), before, other !== null, RATING),
    count: one.count,
    countBefore: other?.count ?? null,
  }
}

/** Spans side by side as one: counts and histograms add up exactly. */
function mergeSpans(spans: readonly SpanFigures[]): SpanFigures {
  const known = (values: (number | null)[]) => values.filter((value) => value !== null)
  const minima = known(spans.map(({ latencyMinMs }) => latencyMinMs))
  const maxima = known(spans.map(({ latencyMaxMs }) => latencyMaxMs))
  return {
    counts: sumCounts(spans.map(({ counts }) => counts)),
    latencyCount: spans.reduce((sum, { latencyCount }) => sum + latencyCount, 0),
    latencySumMs: spans.reduce((sum, { latencySumMs }) => sum + latencySumMs, 0),
    latencyMinMs: minima.length === 0 ? null : Math.min(...minima),
    latencyMaxMs: maxima.length === 0 ? null : Math.max(...maxima),
    histogram: mergeHistograms(spans.map(({ histogram }) => histogram)),
  }
}

function percentileOf({ histogram, latencyMinMs, latencyMaxMs }: SpanFigures, q: number): number | null {
  return quantile(histogram, q, { minMs: latencyMinMs, maxMs: latencyMaxMs })
}

function averageOf({ latencyCount, latencySumMs }: SpanFigures): number | null {
  return latencyCount === 0 ? null : latencySumMs / latencyCount
}

/** The median and not the mean: one incident that was forgotten over a weekend would otherwise be the whole figure. */
function medianMs(incidents: readonly IncidentRecord[], until: 'acknowledgedAt' | 'resolvedAt'): number | null {
  const lengths = incidents
    .flatMap((incident) => (incident[until] === null ? [] : [incident[until] - incident.startedAt]))
    .sort((one, other) => one - other)
  const lower = lengths[Math.floor((lengths.length - 1) / 2)]
  const upper = lengths[Math.floor(lengths.length / 2)]
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2
}

function lineUpDays(timeZone: string, week: Week, soFarAt: Instant | null, days: readonly DayFigures[]): DayLine[] {
  const lastDay = soFarAt === null ? week.lastDay : localDateIn(timeZone, soFarAt)
  const dates = [0, 1, 2, 3, 4, 5, 6].map((offset) => addDays(week.firstDay, offset)).filter((date) => date <= lastDay)
  return dates.map((date) => {
    const span = mergeSpans(days.filter(({ at }) => localDateIn(timeZone, at) === date))
    return { date, ...uptimeOf(span.counts), p50Ms: percentileOf(span, 0.5), p95Ms: percentileOf(span, 0.95) }
  })
}

function lineUpDeployments(
  { deployments: now }: ReportFigures,
  { deployments: before }: ReportFigures,
): WeeklyReport['deployments'] {
  if (now === null) return { connected: false }
  const hadAny = before !== null && before.succeeded + before.failed > 0
  return {
    connected: true,
    succeeded: now.succeeded,
    failed: compare(now.failed, hadAny ? before.failed : null, true, COUNT),
    succeededBefore: hadAny ? before.succeeded : null,
  }
}

function lineUpIncidents(incidents: readonly IncidentRecord[]): IncidentLine[] {
  return [...incidents]
    .sort((one, other) => one.priority.localeCompare(other.priority) || one.startedAt - other.startedAt)
    .slice(0, INCIDENTS_SHOWN)
    .map(({ number, title, priority, startedAt, resolvedAt }) => ({
      number,
      title,
      priority,
      startedAt,
      durationMs: resolvedAt === null ? null : resolvedAt - startedAt,
    }))
}
