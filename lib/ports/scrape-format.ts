import type { Exposition } from '../domain/probe/exposition.ts'
import type { SeriesSamples } from '../domain/series/sample.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Rejection } from './telemetry-store.ts'

export interface ScrapeFacts {
  /** The monitor's key: the attribute `instance` of all that it reads. */
  instance: string
  /** When it was read: the time of every sample that has none of its own. */
  at: Instant
  /** Patterns of names to keep; all of them when empty. */
  include: readonly string[]
}

/** What a scrape read, as series of the store, and what of it cannot be kept. Never throws. */
export type ScrapeToSeries = (
  exposition: Exposition,
  facts: ScrapeFacts,
) => { series: readonly SeriesSamples[]; rejections: readonly Rejection[] }
