import type { SeriesLine } from '../../../lib/domain/series/question.ts'
import type { Instant } from '../../../lib/domain/time/instant.ts'

/** Lines over common times: what tables, CSV and canvas charts take. A null is a gap. */
export interface AlignedLines {
  times: readonly Instant[]
  values: readonly (readonly (number | null)[])[]
}

/** Every step of a range has a place, also those in which nothing was measured: a gap stays a gap. */
export function alignLines(lines: readonly SeriesLine[], stepMs: number): AlignedLines {
  const known = lines.flatMap(({ points }) => points.map(({ at }) => at))
  if (known.length === 0) return { times: [], values: lines.map(() => []) }
  const first = known.reduce((least, at) => Math.min(least, at))
  const last = known.reduce((most, at) => Math.max(most, at))
  const times = Array.from({ length: Math.round((last - first) / stepMs) + 1 }, (_, index) => first + index * stepMs)
  return {
    times,
    values: lines.map(({ points }) => {
      const byTime = new Map(points.map(({ at, value }) => [at, value]))
      return times.map((at) => byTime.get(at) ?? null)
    }),
  }
}
