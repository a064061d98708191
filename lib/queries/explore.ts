import type { Source } from '../domain/series/panel.ts'
import {
  AGGREGATES,
  type Aggregate,
  type MetricFacts,
  type SeriesAnswer,
  type SeriesLine,
} from '../domain/series/question.ts'
import type { MetricKind } from '../domain/series/sample.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../domain/time/instant.ts'
import type { TelemetryReader } from '../ports/telemetry-reader.ts'

/** Ranges with steps that are whole minutes, hours or days: those are what rollups hold. None has more points than a wide screen shows. */
const RANGES = {
  '1h': { spanMs: HOUR, stepMs: MINUTE },
  '6h': { spanMs: 6 * HOUR, stepMs: MINUTE },
  '24h': { spanMs: DAY, stepMs: 5 * MINUTE },
  '7d': { spanMs: 7 * DAY, stepMs: HOUR },
  '30d': { spanMs: 30 * DAY, stepMs: HOUR },
  '90d': { spanMs: 90 * DAY, stepMs: DAY },
  '1y': { spanMs: 365 * DAY, stepMs: DAY },
} as const
export type ExploreRange = keyof typeof RANGES
export const EXPLORE_RANGES = Object.keys(RANGES) as [ExploreRange, ...ExploreRange[]]

/** How far back a range goes, and how wide a point is in it. */
export function spanOf(range: ExploreRange): { spanMs: number; stepMs: number } {
  return RANGES[range]
}

/** What the address of the page says; null where it says nothing. */
export interface ExploreRequest {
  metric: string | null
  aggregate: Aggregate | null
  by: string | null
  /** `name:value`, all of which a series must have. */
  where: readonly string[]
  range: ExploreRange
  /** A stretch that was zoomed into; both or none. */
  from: Instant | null
  until: Instant | null
}

export interface Exploration {
  metrics: readonly MetricFacts[]
  /** The metric that is shown: the one asked for, or the first; null when the project has none. */
  metric: MetricFacts | null
  aggregate: Aggregate
  aggregates: readonly Aggregate[]
  by: string | null
  where: readonly { name: string; value: string }[]
  from: Instant
  until: Instant
  stepMs: number
  answer: SeriesAnswer | null
}

export interface FigureShown {
  source: Source
  groupBy: readonly string[]
  /** In the unit that is stored; null where nothing is shown. */
  critical: number | null
}

/** A chart of one metric, and everything that can be chosen instead. */
export async function explore(
  reader: TelemetryReader,
  projectId: string,
  request: ExploreRequest,
  now: Instant,
): Promise<Exploration> {
  const metrics = await reader.listMetrics(projectId)
  const metric = metrics.find(({ name }) => name === request.metric) ?? metrics[0] ?? null
  const { from, until, stepMs } = stretchOf(request, now)
  const aggregates = aggregatesOf(metric?.kind ?? 'gauge')
  const aggregate = aggregates.find((one) => one === request.aggregate) ?? aggregates[0] ?? 'avg'
  const by = metric?.attributeNames.includes(request.by ?? '') ? request.by : null
  const where = request.where.flatMap(readCondition)
  const question = {
    metric: metric?.name ?? '',
    aggregate,
    where: Object.fromEntries(where.map(({ name, value }) => [name, value])),
    groupBy: by === null ? [] : [by],
    from,
    until,
    stepMs,
  }
  const answer = metric === null ? null : await reader.query(projectId, question)
  return { metrics, metric, aggregate, aggregates, by, where, from, until, stepMs, answer }
}

/** Two digits are what somebody would choose as a limit. */
const LIMIT_DIGITS = 2

/** What is shown, as a rule would ask for it: its limit is about the highest value that is shown, which is somewhere to begin. */
export function lookedAt({ aggregate, by, where, answer }: Exploration, metric: string): FigureShown {
  const highest = Math.max(...(answer?.lines ?? []).flatMap(({ points }) => points.map(({ value }) => value)))
  const conditions =
    where.length === 0 ? {} : { where: Object.fromEntries(where.map(({ name, value }) => [name, value])) }
  return {
    source: { of: { metric, aggregate, ...conditions } },
    groupBy: by === null ? [] : [by],
    critical: Number.isFinite(highest) ? Number(highest.toPrecision(LIMIT_DIGITS)) : null,
  }
}

/** Minutes are kept this long where they are kept shortest; further back the hours are what is left. */
const MINUTES_KEPT_MS = 6 * DAY

/** From when to when a request asks, in whole steps. */
function stretchOf(
  { range, from, until }: ExploreRequest,
  now: Instant,
): { from: Instant; until: Instant; stepMs: number } {
  if (from === null || until === null || until <= from) {
    const { spanMs, stepMs } = spanOf(range)
    const end = Math.ceil(now / stepMs) * stepMs
    return { from: end - spanMs, until: end, stepMs }
  }
  const stepMs = stepFor(until - from, now - from)
  return { from: Math.floor(from / stepMs) * stepMs, until: Math.ceil(until / stepMs) * stepMs, stepMs }
}

/** The finest step that is kept for that age, and that leaves no more points than a wide screen shows. */
function stepFor(spanMs: number, ageMs: number): number {
  if (spanMs > 31 * DAY) return DAY
  if (spanMs > 2 * DAY || ageMs > MINUTES_KEPT_MS) return HOUR
  return spanMs > 7 * HOUR ? 5 * MINUTE : MINUTE
}

/** What makes sense for a kind of metric, the most telling first. */
export function aggregatesOf(kind: MetricKind): readonly Aggregate[] {
  if (kind === 'counter') return ['rate', 'sum']
  const percentiles = AGGREGATES.filter((one) => one.startsWith('p'))
  return kind === 'histogram'
    ? ['p95', ...percentiles.filter((one) => one !== 'p95'), 'avg', 'max', 'min', 'count', 'rate']
    : ['avg', 'max', 'min', 'last', 'sum', ...percentiles]
}

/** `service.name:shop`; anything else is as if it were not there. */
function readCondition(text: string): { name: string; value: string }[] {
  const position = text.indexOf(':')
  return position > 0 ? [{ name: text.slice(0, position), value: text.slice(position + 1) }] : []
}

/** The last value, the highest and the lowest with their moments, and the mean of a line. */
export function describeLine({ points }: SeriesLine): {
  last: number
  highest: number
  highestAt: Instant
  lowest: number
  lowestAt: Instant
  mean: number
} | null {
  const last = points.at(-1)
  if (last === undefined) return null
  const highest = points.reduce((best, point) => (point.value > best.value ? point : best), last)
  const lowest = points.reduce((best, point) => (point.value < best.value ? point : best), last)
  const mean = points.reduce((sum, { value }) => sum + value, 0) / points.length
  return {
    last: last.value,
    highest: highest.value,
    highestAt: highest.at,
    lowest: lowest.value,
    lowestAt: lowest.at,
    mean,
  }
}
