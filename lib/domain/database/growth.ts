import { DAY, type Instant } from '../time/instant.ts'
import type { TableSize } from './schema.ts'

/** Sizes of one day, as they are kept for 13 months. */
export interface DaySizes {
  at: Instant
  sizeBytes: number
  tables: readonly TableSize[]
}

export interface TableGrowth extends TableSize {
  /** Bytes since then; null where the table, or the day, is not known. */
  weekBytes: number | null
  monthBytes: number | null
}

/** How much each table grew in 7 and in 30 days, the largest table first. */
export function growthOf(now: DaySizes, week: DaySizes | null, month: DaySizes | null): TableGrowth[] {
  return now.tables.map((table) => ({
    ...table,
    weekBytes: difference(table, week),
    monthBytes: difference(table, month),
  }))
}

/** The newest of the days that are at least this old, and not half as old again: growth is told of the span that it claims. */
export function findDayBefore(days: readonly DaySizes[], now: Instant, ageDays: number): DaySizes | null {
  // A day's row holds its last reading, made up to a minute before midnight: half a day of grace keeps "seven days ago" in reach.
  const latestAt = now - ageDays * DAY + DAY / 2
  return days
    .filter(({ at }) => at <= latestAt && at >= now - ageDays * 1.5 * DAY)
    .reduce<DaySizes | null>((best, day) => (best === null || day.at > best.at ? day : best), null)
}

function difference(table: TableSize, before: DaySizes | null): number | null {
  const past = before?.tables.find(({ name }) => name === table.name)
  return past === undefined ? null : table.sizeBytes - past.sizeBytes
}
