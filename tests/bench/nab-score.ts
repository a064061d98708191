/** One labelled series of the Numenta Anomaly Benchmark: rows in order of time, and the rows at which anomalies begin and end, both included. */
export interface LabelledSeries {
  rowCount: number
  windows: readonly { first: number; last: number }[]
}

/** What mistakes cost; a detected anomaly is worth 1. */
export interface Profile {
  falsePositive: number
  missed: number
}

/** `config/profiles.json` of the benchmark. */
export const PROFILES = {
  standard: { falsePositive: 0.11, missed: 1 },
  lowFalsePositives: { falsePositive: 0.22, missed: 1 },
  lowFalseNegatives: { falsePositive: 0.11, missed: 2 },
} as const satisfies Record<string, Profile>

const PROBATION_SHARE = 0.15
const MAX_PROBATION_ROWS = 750

/** Rows at the beginning in which a detector learns and nothing counts. */
export function probationOf(rowCount: number): number {
  return Math.min(Math.floor(PROBATION_SHARE * rowCount), MAX_PROBATION_ROWS)
}

/** 2σ(−5y) − 1: just under 1 well before y = 0, 0 there, and −1 long after. */
function sigmoid(y: number): number {
  return y > 3 ? -1 : 2 / (1 + Math.exp(5 * y)) - 1
}

/**
 * The raw score of detections (row numbers) in one series, as NAB's sweeper has it: the earliest detection in a window counts, by its place in
 * it; each detection outside costs, less so shortly after a window; each window without one costs.
 */
export function scoreSeries(series: LabelledSeries, detections: readonly number[], profile: Profile): number {
  const probation = probationOf(series.rowCount)
  const counted = detections.filter((row) => row >= probation)
  const windows = series.windows.filter(({ last }) => last >= probation)
  const found = windows.map(({ first, last }) => {
    const earliest = counted.find((row) => row >= first && row <= last)
    if (earliest === undefined) return -profile.missed
    return sigmoid(-(last - earliest + 1) / (last - first + 1)) / sigmoid(-1)
  })
  const outside = counted.filter((row) => !windows.some(({ first, last }) => row >= first && row <= last))
  const wrong = outside.map((row) => {
    const before = windows.findLast(({ last }) => last < row)
    if (before === undefined) return -profile.falsePositive
    return sigmoid((row - before.last) / (before.last - before.first)) * profile.falsePositive
  })
  return [...found, ...wrong].reduce((sum, score) => sum + score, 0)
}

/** 100 for every anomaly found at its first row and nothing else, 0 for a detector that says nothing. */
export function normalise(
  all: readonly { series: LabelledSeries; detections: readonly number[] }[],
  profile: Profile,
): number {
  const raw = all.reduce((sum, { series, detections }) => sum + scoreSeries(series, detections, profile), 0)
  const silent = all.reduce((sum, { series }) => sum + scoreSeries(series, [], profile), 0)
  const windows = all.reduce(
    (sum, { series }) => sum + series.windows.filter(({ last }) => last >= probationOf(series.rowCount)).length,
    0,
  )
  return (100 * (raw - silent)) / (windows - silent)
}
