import type { Instant } from '../domain/time/instant.ts'
import type { LocalDate } from '../domain/time/zoned.ts'
import type { Vital } from '../domain/vital/vital.ts'

export interface VitalQuestion {
  from: Instant
  until: Instant
  /** An hour or a day; days are UTC's. */
  stepMs: number
  /** Attributes that a page view must have: `device`, `country`, `release`. */
  where: Readonly<Record<string, string>>
}

/** One metric over some page views. */
export interface VitalFigures {
  /** At most 0.55 % off. */
  p75: number
  count: number
  /** How many were good, and how many poor; the rest needs improvement. */
  good: number
  poor: number
}

export interface VitalPoint {
  at: Instant
  p75: number
  count: number
}

export interface PageVitals {
  /** `*` for the pages that had no room of their own. */
  page: string
  views: number
  metrics: Partial<Record<Vital, VitalFigures>>
}

export interface VitalAnswer {
  /** When something last came in; null when nothing ever did. To ten minutes. */
  lastSeenAt: Instant | null
  totals: Partial<Record<Vital, VitalFigures>>
  /** In order of time; a span without page views has no point. */
  trend: Partial<Record<Vital, readonly VitalPoint[]>>
  /** How many pages there are in all. */
  pageCount: number
  /** The busiest two hundred, busiest first. */
  pages: readonly PageVitals[]
}

export interface ActiveUsers {
  period: 'day' | 'week'
  /** The day, or the Monday of the ISO week, in the project's zone. */
  startsOn: LocalDate
  count: number
}

export interface SiteSettings {
  publicKey: string
  allowedOrigins: readonly string[]
}

/** What the page about web vitals reads, as the signed-in person may see it. */
export interface VitalReader {
  query(projectId: string, question: VitalQuestion): Promise<VitalAnswer>
  /** Newest first: days and weeks from `since` on. */
  listActiveUsers(projectId: string, since: LocalDate): Promise<readonly ActiveUsers[]>
  readSite(projectId: string): Promise<SiteSettings>
}
