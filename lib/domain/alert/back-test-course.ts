import { type GroupOutcome, groupKeyOf } from '../rule/outcome.ts'
import type { Instant } from '../time/instant.ts'
import { worse } from './back-test-firings.ts'

/** The values of one group, as a chart draws them. */
export interface CourseLine {
  group: readonly string[]
  /** In order of time; `value` is the worst in the width of the point, and `limit` what it was held against. Stretches without data have none. */
  points: readonly { at: Instant; value: number; limit: number | null }[]
}

/** More lines nobody can tell apart. */
const LINES_SHOWN = 5

export interface CourseOptions {
  isHigherWorse: boolean
  /** It measures before it has a limit to judge by. */
  isLearning: boolean
}

/** Gathers what was judged into points of `pointMs`: the worst of each, so that no spike is lost to an average. */
export function createCourse(pointMs: number, { isHigherWorse, isLearning }: CourseOptions) {
  const lines = new Map<
    string,
    { group: readonly string[]; points: { at: Instant; value: number; limit: number | null }[] }
  >()
  return {
    add(at: Instant, outcomes: readonly GroupOutcome[]): void {
      for (const outcome of outcomes) {
        // Without a limit there was too little to judge by, and the value says nothing.
        if (outcome.kind !== 'judged' || (outcome.limit === null && !isLearning)) continue
        const key = groupKeyOf(outcome.group)
        const line = lines.get(key) ?? { group: outcome.group, points: [] }
        lines.set(key, line)
        // An evaluation speaks of what was before it.
        const pointAt = Math.floor((at - 1) / pointMs) * pointMs
        const newest = line.points.at(-1)
        const { value, limit } = outcome
        if (newest?.at !== pointAt) line.points.push({ at: pointAt, value, limit })
        else if (worse(newest.value, value, isHigherWorse) !== newest.value) Object.assign(newest, { value, limit })
      }
    },
    /** Those that came furthest, first. */
    finish(): readonly CourseLine[] {
      const extreme = ({ points }: CourseLine) =>
        points.reduce<number | null>((worst, { value }) => worse(worst, value, isHigherWorse), null) ?? 0
      return [...lines.values()]
        .map((line) => ({ line, extreme: extreme(line) }))
        .sort((one, other) => (isHigherWorse ? other.extreme - one.extreme : one.extreme - other.extreme))
        .slice(0, LINES_SHOWN)
        .map(({ line }) => line)
    },
  }
}
