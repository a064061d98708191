import { SOURCE_ATTRIBUTE } from '../domain/database/database-series.ts'
import { type DatabaseFinding, findProblems } from '../domain/database/findings.ts'
import { findDayBefore, growthOf, type TableGrowth } from '../domain/database/growth.ts'
import type { DatabaseSnapshot } from '../domain/database/schema.ts'
import type { Aggregate, SeriesAnswer, SeriesQuestion } from '../domain/series/question.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../domain/time/instant.ts'
import type { DatabaseReader, ListedDatabase } from '../ports/database-reader.ts'
import type { TelemetryReader } from '../ports/telemetry-reader.ts'

/** Steps are what rollups hold, so that every range is quick. */
const RANGES = {
  '6h': { spanMs: 6 * HOUR, stepMs: 5 * MINUTE },
  '24h': { spanMs: DAY, stepMs: 15 * MINUTE },
  '7d': { spanMs: 7 * DAY, stepMs: HOUR },
  '30d': { spanMs: 30 * DAY, stepMs: 6 * HOUR },
  '90d': { spanMs: 90 * DAY, stepMs: DAY },
} as const
export type DatabaseRange = keyof typeof RANGES
export const DATABASE_RANGES = Object.keys(RANGES) as [DatabaseRange, ...DatabaseRange[]]

/** The charts of the page: which series, and how its values within a step become one. */
const CHARTS = {
  connections: { metric: 'db.connections.utilization', aggregate: 'max' },
  statementP95: { metric: 'db.statement.duration', aggregate: 'p95' },
  cacheHits: { metric: 'db.cache.hit_ratio', aggregate: 'min' },
  size: { metric: 'db.size', aggregate: 'max' },
  cpu: { metric: 'db.cpu.utilization', aggregate: 'max' },
  memory: { metric: 'db.memory.utilization', aggregate: 'max' },
} as const satisfies Record<string, { metric: string; aggregate: Aggregate }>
export type DatabaseChart = keyof typeof CHARTS

/** What the first sentence of the page says, the gravest first. */
export type DatabaseHeadline =
  | { kind: 'off' | 'pending' | 'fine' }
  /** The newest figures are older than the last attempt, which failed. */
  | { kind: 'failed' }
  | { kind: 'problems'; count: number }

export interface DatabaseView {
  source: ListedDatabase
  headline: DatabaseHeadline
  /** When the newest reading was made; null before the first. */
  readAt: Instant | null
  /** Null before the first reading. */
  snapshot: DatabaseSnapshot | null
  /** Null while nothing is known about the last day. */
  deadlocksPerDay: number | null
  findings: readonly DatabaseFinding[]
  tables: readonly TableGrowth[]
  from: Instant
  until: Instant
  stepMs: number
  /** Null where the project has no such series at all. */
  charts: Readonly<Record<DatabaseChart, SeriesAnswer | null>>
}

/** One database with everything about it; null when the project has none. */
export async function readDatabase(
  deps: { databases: DatabaseReader; telemetry: Pick<TelemetryReader, 'query'> },
  projectId: string,
  request: { source: string | null; range: DatabaseRange },
  now: Instant,
): Promise<{ sources: ListedDatabase[]; view: DatabaseView | null }> {
  const sources = await deps.databases.listSources(projectId)
  const source = sources.find(({ key }) => key === request.source) ?? sources[0]
  if (source === undefined) return { sources, view: null }
  const { spanMs, stepMs } = RANGES[request.range]
  const until = Math.ceil(now / stepMs) * stepMs
  const span = { from: until - spanMs, until, stepMs }
  const where = { [SOURCE_ATTRIBUTE]: source.key }
  const [latest, days, deadlocksPerDay, charts] = await Promise.all([
    deps.databases.findLatest(projectId, source.id),
    deps.databases.listDays(projectId, source.id, now - 46 * DAY),
    countDeadlocks(deps.telemetry, projectId, where, now),
    readCharts(deps.telemetry, projectId, { where, groupBy: [], ...span }),
  ])
  const snapshot = latest?.snapshot ?? null
  const tables = latest === null ? [] : growthOf(latest, findDayBefore(days, now, 7), findDayBefore(days, now, 30))
  const findings = snapshot === null ? [] : findProblems(snapshot, deadlocksPerDay)
  const view: DatabaseView = {
    source,
    headline: headlineOf(source, snapshot !== null, findings),
    readAt: latest?.at ?? null,
    snapshot,
    deadlocksPerDay,
    findings,
    tables,
    ...span,
    charts,
  }
  return { sources, view }
}

function headlineOf(
  { enabled, failure }: ListedDatabase,
  isRead: boolean,
  findings: readonly DatabaseFinding[],
): DatabaseHeadline {
  if (!enabled) return { kind: 'off' }
  if (failure !== null) return { kind: 'failed' }
  if (!isRead) return { kind: 'pending' }
  const count = findings.filter(({ level }) => level === 'warning').length
  return count > 0 ? { kind: 'problems', count } : { kind: 'fine' }
}

async function readCharts(
  telemetry: Pick<TelemetryReader, 'query'>,
  projectId: string,
  question: Omit<SeriesQuestion, 'metric' | 'aggregate'>,
): Promise<DatabaseView['charts']> {
  const names = Object.keys(CHARTS) as DatabaseChart[]
  const answers = await Promise.all(
    names.map(async (name) => [name, await telemetry.query(projectId, { ...question, ...CHARTS[name] })] as const),
  )
  return Object.fromEntries(answers) as Record<DatabaseChart, SeriesAnswer | null>
}

/** In the last 24 hours, to the five minutes. */
async function countDeadlocks(
  telemetry: Pick<TelemetryReader, 'query'>,
  projectId: string,
  where: SeriesQuestion['where'],
  now: Instant,
): Promise<number | null> {
  const stepMs = 5 * MINUTE
  const until = Math.ceil(now / stepMs) * stepMs
  const question = {
    metric: 'db.deadlocks',
    aggregate: 'sum',
    where,
    groupBy: [],
    from: until - DAY,
    until,
    stepMs,
  } as const
  const points = (await telemetry.query(projectId, question))?.lines[0]?.points ?? []
  return points.length === 0 ? null : points.reduce((sum, { value }) => sum + value, 0)
}
