import type { Priority } from '../monitor/severity.ts'
import type { Counts } from '../rollup/uptime.ts'
import type { Histogram } from '../series/histogram.ts'
import type { Instant } from '../time/instant.ts'

/** What was measured of one thing in one span. Latency is of the answers that were not down; min and max are null without any. */
export interface SpanFigures {
  counts: Counts
  latencyCount: number
  latencySumMs: number
  latencyMinMs: number | null
  latencyMaxMs: number | null
  histogram: Histogram
}

export interface MonitorFigures extends SpanFigures {
  key: string
  name: string
}

/** All monitors together on one local day. `at` lies in that day. */
export interface DayFigures extends SpanFigures {
  at: Instant
}

/** An incident that began in the span, as it stood when the figures were read. */
export interface IncidentRecord {
  number: number
  title: string
  priority: Priority
  startedAt: Instant
  acknowledgedAt: Instant | null
  resolvedAt: Instant | null
}

/** Deployments to production that were begun in the span. */
export interface DeploymentFigures {
  /** Went live, and did not crash. */
  succeeded: number
  failed: number
}

/** What users answered in the span: how many, and what their ratings of 1 to 5 add up to. */
export interface AnswerFigures {
  count: number
  sum: number
}

/** What a report is made of. A span without any monitor measured has empty lists. */
export interface ReportFigures {
  monitors: MonitorFigures[]
  days: DayFigures[]
  incidents: IncidentRecord[]
  /** Null where no deployment was ever told. */
  deployments: DeploymentFigures | null
  /** Null while nobody had ever answered until the end of the span. */
  satisfaction: AnswerFigures | null
}
