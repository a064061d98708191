import { bucketsIn, joinBlocks, type StoredColumns } from '../../lib/domain/alert/stored-columns.ts'
import type { Figures } from '../../lib/domain/series/figures.ts'
import { EMPTY_HISTOGRAM } from '../../lib/domain/series/histogram.ts'

/** What was stored of one minute, or of one hour. `at` is where it begins. */
export interface StoredFigures {
  at: number
  figures: Figures
}

/** Figures one after the other, as a back-test reads them. */
export function columnsOf(points: readonly StoredFigures[]): StoredColumns {
  const list = (figureOf: (point: StoredFigures) => number | null) =>
    Float64Array.from(points, (point) => figureOf(point) ?? Number.NaN)
  const hasHistograms = points.some(({ figures }) => figures.histogram.keys.length > 0)
  return joinBlocks(points[0]?.figures.kind ?? 'gauge', [
    {
      at: list(({ at }) => at),
      count: list(({ figures }) => figures.count),
      sum: list(({ figures }) => figures.sum),
      min: list(({ figures }) => figures.min),
      max: list(({ figures }) => figures.max),
      last: list(({ figures }) => figures.last),
      lengths: hasHistograms ? list(({ figures }) => figures.histogram.keys.length) : null,
      buckets: bucketsIn(
        Int16Array.from(points.flatMap(({ figures }) => figures.histogram.keys)),
        Float64Array.from(points.flatMap(({ figures }) => figures.histogram.counts)),
      ),
    },
  ])
}

/** What is stored of `from <= at < until`, entry by entry; without histograms. */
export function figuresBetween(columns: StoredColumns, from: number, until: number): Figures[] {
  const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value)
  return [...columns.at].flatMap((at, index) => {
    if (at < from || at >= until) return []
    const [count, sum] = [columns.count[index] ?? 0, columns.sum[index] ?? 0]
    const [min, max, last] = [columns.min, columns.max, columns.last].map((list) => known(list[index]))
    const scalars = { count, sum, min: min ?? null, max: max ?? null, last: last ?? null }
    return [{ kind: columns.kind, ...scalars, lastAt: at, histogram: EMPTY_HISTOGRAM }]
  })
}
