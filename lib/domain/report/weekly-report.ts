import type { Priority } from '../monitor/severity.ts'
import type { Instant } from '../time/instant.ts'
import type { Locale } from '../time/locale.ts'
import type { LocalDate } from '../time/zoned.ts'
import type { Compared } from './compare.ts'

/**
 * One week of one project, decided and ready to be worded. It is stored as JSON with the report that was sent, so that a repeated
 * attempt sends the same bytes and the page shows what leadership read; `version` tells a later program which shape it finds.
 */
export interface WeeklyReport {
  version: 1
  project: { slug: string; name: string; timeZone: string; locale: Locale }
  period: {
    firstDay: LocalDate
    lastDay: LocalDate
    startAt: Instant
    endAt: Instant
    /** Set when the week is still running: the figures end here, and are compared with the same part of the week before. */
    soFarAt: Instant | null
  }
  monitorsTotal: number
  figures: WeeklyFigures
  /** Worst first, at most `MONITORS_SHOWN`. */
  monitors: MonitorLine[]
  /** The days of the week that have begun, Monday first; a day without any measurement has null figures. */
  days: DayLine[]
  /** Gravest first, then oldest first, at most `INCIDENTS_SHOWN`. */
  incidents: IncidentLine[]
  deployments: NotConnected | DeploymentsLine
  satisfaction: NotConnected | Satisfaction
}

export interface WeeklyFigures {
  /** 0 to 1. */
  uptime: Compared
  /** Share of the slots that were probed, 0 to 1. */
  coverage: Compared
  /** Probes during maintenance, which are in none of the other figures; absent for none. */
  maintenance?: number | undefined
  averageMs: Compared
  p95Ms: Compared
  /** Probes whose verdict was down. */
  errors: Compared
  /** Began in the week: P0, P1, and P2 with P3. */
  criticalIncidents: Compared
  majorIncidents: Compared
  minorIncidents: Compared
  /** Medians over the week's incidents that were acknowledged, or resolved. */
  acknowledgeMs: Compared
  resolveMs: Compared
}

export interface MonitorLine {
  key: string
  name: string
  uptime: Compared
  coverage: number | null
  p95Ms: number | null
  errors: number
}

export interface DayLine {
  date: LocalDate
  uptime: number | null
  coverage: number | null
  p50Ms: number | null
  p95Ms: number | null
}

export interface IncidentLine {
  number: number
  title: string
  priority: Priority
  startedAt: Instant
  /** Null while it lasts. */
  durationMs: number | null
}

/** Judged by what failed: more deployments are neither better nor worse. Zero is a figure, and no deployment at all is none to compare with. */
export interface DeploymentsLine {
  connected: true
  succeeded: number
  failed: Compared
  /** Of the week before; null where there were none. */
  succeededBefore: number | null
}

/** What users said in the week. */
export interface Satisfaction {
  connected: true
  /** 1 to 5. */
  average: Compared
  /** Answers of the week; an average says little without it. */
  count: number
  /** Those of the week before; null when nobody had ever answered then. */
  countBefore: number | null
}

/** A place in the report for data that nothing feeds yet. */
export interface NotConnected {
  connected: false
}

export const MONITORS_SHOWN = 20
export const INCIDENTS_SHOWN = 10
