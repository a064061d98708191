import type { Figures } from '../series/figures.ts'
import { EMPTY_HISTOGRAM, type Histogram, ZERO_KEY } from '../series/histogram.ts'
import type { Instant } from '../time/instant.ts'

/** What was stored of one minute, or of one hour. `at` is where it begins. */
export interface StoredFigures {
  at: Instant
  figures: Figures
}

/**
 * The figures of `from <= at < until`; null without any sample. Cheap while both only move forward. Their histogram is that of the window as it
 * stands when it is first looked at: before the next call.
 */
export type WindowOf = (from: Instant, until: Instant) => Figures | null

type Scalars = Pick<Figures, 'count' | 'sum' | 'min' | 'max' | 'last'>

/**
 * A window that slides over figures in order of time. Scalars are kept in two stacks (sums of what is to leave, and the sum of what came
 * since), so that nothing is ever subtracted from a sum of floating point numbers; the counts of a histogram are whole numbers, and are.
 * A step costs the points that enter and leave, whatever the length of the window.
 */
export function createWindow(points: readonly StoredFigures[]): WindowOf {
  const buckets = createBuckets(points)
  let before = { from: Number.NEGATIVE_INFINITY, until: Number.NEGATIVE_INFINITY }
  let first = 0
  let split = 0
  let end = 0
  /** Of points[i..split) at place split - 1 - i. */
  let leaving: Scalars[] = []
  let entered: Scalars | null = null

  function restart(from: Instant): void {
    for (let index = first; index < end; index += 1) buckets.take(points[index])
    first = firstAtOrAfter(points, from)
    split = first
    end = first
    leaving = []
    entered = null
  }

  function turnOver(): void {
    let sum: Scalars | null = null
    for (let index = end - 1; index >= first; index -= 1) {
      sum = add(points[index]?.figures ?? null, sum)
      if (sum !== null) leaving.push(sum)
    }
    split = end
    entered = null
  }

  return (from, until) => {
    if (from < before.from || until < before.until || from >= before.until) restart(from)
    before = { from, until }
    for (let point = points[end]; point !== undefined && point.at < until; point = points[end]) {
      entered = add(entered, point.figures)
      buckets.put(point)
      end += 1
    }
    for (let point = points[first]; first < end && point !== undefined && point.at < from; point = points[first]) {
      if (first >= split) turnOver()
      leaving.pop()
      buckets.take(point)
      first += 1
    }
    const last = points[end - 1]
    const sum = add(leaving.at(-1) ?? null, entered)
    if (first >= end || last === undefined || sum === null) return null
    const { count, min, max } = sum
    const { kind, lastAt } = last.figures
    let histogram: Histogram | null = null
    return {
      kind,
      count,
      sum: sum.sum,
      min,
      max,
      last: sum.last,
      lastAt,
      // Made when a quantile is asked for; by then the window has not moved on.
      get histogram() {
        histogram ??= buckets.read()
        return histogram
      },
    }
  }
}

function firstAtOrAfter(points: readonly StoredFigures[], from: Instant): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle]?.at ?? from) < from) low = middle + 1
    else high = middle
  }
  return low
}

function add(earlier: Scalars | null, later: Scalars | null): Scalars | null {
  if (earlier === null) return later
  if (later === null) return earlier
  return {
    count: earlier.count + later.count,
    sum: earlier.sum + later.sum,
    min: earlier.min === null ? later.min : later.min === null ? earlier.min : Math.min(earlier.min, later.min),
    max: earlier.max === null ? later.max : later.max === null ? earlier.max : Math.max(earlier.max, later.max),
    last: later.last ?? earlier.last,
  }
}

interface Buckets {
  put(point: StoredFigures | undefined): void
  take(point: StoredFigures | undefined): void
  read(): Histogram
}

/** Keys are of two bytes: a place for each, so that adding needs no search and reading no sorting. */
const PLACES = 65_536

function createBuckets(points: readonly StoredFigures[]): Buckets {
  if (!points.some(({ figures }) => figures.histogram.keys.length > 0)) {
    return { put: () => undefined, take: () => undefined, read: () => EMPTY_HISTOGRAM }
  }
  const counts = new Float64Array(PLACES)
  // Zeros lie far below everything else: they are looked at on their own.
  let lowest = PLACES
  let highest = 0
  const change = (point: StoredFigures | undefined, sign: 1 | -1) => {
    const { keys, counts: added } = point?.figures.histogram ?? EMPTY_HISTOGRAM
    for (let index = 0; index < keys.length; index += 1) {
      const place = (keys[index] ?? ZERO_KEY) - ZERO_KEY
      if (place > 0 && place < lowest) lowest = place
      if (place > highest) highest = place
      counts[place] = (counts[place] ?? 0) + sign * (added[index] ?? 0)
    }
  }
  return {
    put: (point) => change(point, 1),
    take: (point) => change(point, -1),
    read() {
      const read: { keys: number[]; counts: number[] } = { keys: [], counts: [] }
      const zeros = counts[0] ?? 0
      if (zeros > 0) {
        read.keys.push(ZERO_KEY)
        read.counts.push(zeros)
      }
      for (let place = lowest; place <= highest; place += 1) {
        const count = counts[place] ?? 0
        if (count === 0) continue
        read.keys.push(place + ZERO_KEY)
        read.counts.push(count)
      }
      return read
    },
  }
}
