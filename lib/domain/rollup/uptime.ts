/** How the slots of a span went. `unknown` are those that nobody probed. */
export interface Counts {
  up: number
  degraded: number
  down: number
  unknown: number
  /** Results during maintenance, which are in none of the others; absent for none. */
  maintenance?: number | null | undefined
}

/** Both from 0 to 1; null where there is nothing to divide by. */
export interface Uptime {
  /** Share of the probed slots in which the target answered, well or badly. Null when none was probed. */
  uptime: number | null
  /** Share of the slots that were probed at all. Null when there was no slot. */
  coverage: number | null
}

export const NO_COUNTS: Counts = { up: 0, degraded: 0, down: 0, unknown: 0 }

/** Adds counts of disjoint spans or of different monitors up. */
export function sumCounts(all: readonly Counts[]): Counts {
  const sum = all.reduce<Counts>(
    (before, { up, degraded, down, unknown }) => ({
      up: before.up + up,
      degraded: before.degraded + degraded,
      down: before.down + down,
      unknown: before.unknown + unknown,
    }),
    NO_COUNTS,
  )
  const maintenance = all.reduce((before, counts) => before + (counts.maintenance ?? 0), 0)
  return maintenance === 0 ? sum : { ...sum, maintenance }
}

/**
 * Uptime counted by slots: (up + degraded) / (up + degraded + down). Degraded is an answer, so it counts as up. Unknown leaves the
 * numerator and the denominator: a watcher that slept has seen neither an outage nor an answer, and coverage tells of its sleep. So does
 * maintenance, which lowers nothing: what was announced is neither an outage nor unwatched.
 */
export function uptimeOf({ up, degraded, down, unknown }: Counts): Uptime {
  const answered = up + degraded
  const known = answered + down
  return {
    uptime: known === 0 ? null : answered / known,
    coverage: known + unknown === 0 ? null : known / (known + unknown),
  }
}
