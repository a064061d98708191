import { ZERO_KEY } from '../series/histogram.ts'
import type { MetricKind } from '../series/sample.ts'

/**
 * What was stored of minutes or of hours, in order of time, a list for each figure with an entry for each of them. A month of minutes is read,
 * slid over and thrown away at once, and half a million small objects would cost more than everything that is decided by them.
 */
export interface StoredColumns {
  kind: MetricKind
  /** Where each begins. */
  at: Float64Array
  count: Float64Array
  sum: Float64Array
  /** NaN where it is not known, as in the two below. */
  min: Float64Array
  max: Float64Array
  last: Float64Array
  /** Null without histograms. */
  buckets: StoredBuckets | null
}

/** The histogram of entry i stands at `offsets[i] <= place < offsets[i + 1]`; a key may stand there several times. */
export interface StoredBuckets {
  offsets: Uint32Array
  /** Of the keys that are no zeros; the lowest is above the highest where there are none. */
  lowest: number
  highest: number
  keys: Int16Array
  counts: Float64Array
}

/** Figures of one entry, as it is written. */
interface StoredRow {
  at: number
  count: number
  sum: number
  min: number
  max: number
  last: number
}

const NOTHING: StoredColumns = {
  kind: 'gauge',
  at: new Float64Array(0),
  count: new Float64Array(0),
  sum: new Float64Array(0),
  min: new Float64Array(0),
  max: new Float64Array(0),
  last: new Float64Array(0),
  buckets: null,
}

export function emptyColumns(kind: MetricKind): StoredColumns {
  return { ...NOTHING, kind }
}

/** Writes columns, row by row. */
export interface ColumnWriter {
  /** In order of time. */
  row(row: StoredRow): void
  /** Of the row that was written last: those at `from <= place < to`. */
  buckets(keys: Int16Array, counts: Float64Array, from: number, to: number): void
  finish(): StoredColumns
}

export function createColumnWriter(kind: MetricKind, hasHistograms: boolean): ColumnWriter {
  const list = () => growing((size) => new Float64Array(size))
  const [at, count, sum, min, max, last] = [list(), list(), list(), list(), list(), list()]
  const [offsets, counts] = [growing((size) => new Uint32Array(size)), list()]
  const keys = growing((size) => new Int16Array(size))
  return {
    row(row) {
      at.push(row.at)
      count.push(row.count)
      sum.push(row.sum)
      min.push(row.min)
      max.push(row.max)
      last.push(row.last)
      if (hasHistograms) offsets.push(keys.size())
    },
    buckets(newKeys, newCounts, from, to) {
      keys.append(newKeys, from, to)
      counts.append(newCounts, from, to)
    },
    finish() {
      const columns = { kind, at: at.read(), count: count.read(), sum: sum.read() }
      const known = { min: min.read(), max: max.read(), last: last.read() }
      if (!hasHistograms) return { ...columns, ...known, buckets: null }
      offsets.push(keys.size())
      const stored = { offsets: offsets.read(), keys: keys.read(), counts: counts.read() }
      return { ...columns, ...known, buckets: { ...stored, ...edgesOf(stored.keys) } }
    },
  }
}

function edgesOf(keys: Int16Array): { lowest: number; highest: number } {
  let [lowest, highest] = [1, 0]
  for (const key of keys) {
    if (key === ZERO_KEY) continue
    const isFirst = lowest > highest
    if (isFirst || key < lowest) lowest = key
    if (isFirst || key > highest) highest = key
  }
  return { lowest, highest }
}

/** Numbers in a buffer that doubles. */
function growing<List extends Float64Array | Int16Array | Uint32Array>(make: (size: number) => List) {
  let values = make(64)
  let size = 0
  const reserve = (more: number) => {
    if (size + more <= values.length) return
    const larger = make(2 * (size + more))
    larger.set(values)
    values = larger
  }
  return {
    push(value: number): void {
      reserve(1)
      values[size] = value
      size += 1
    },
    append(list: Float64Array | Int16Array, from: number, to: number): void {
      reserve(to - from)
      values.set(list.subarray(from, to), size)
      size += to - from
    },
    size: () => size,
    read: () => values.subarray(0, size) as List,
  }
}
