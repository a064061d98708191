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

export interface ColumnWriter {
  /** In order of time. */
  row(row: StoredRow): void
  /** Of the row that was written last. */
  bucket(key: number, count: number): void
  finish(): StoredColumns
}

export function createColumnWriter(kind: MetricKind, hasHistograms: boolean): ColumnWriter {
  const [at, count, sum, min, max, last] = [list(), list(), list(), list(), list(), list()]
  const [offsets, keys, counts] = [list(), list(), list()]
  const edges = { lowest: 1, highest: 0 }
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
    bucket(key, n) {
      if (key !== ZERO_KEY) {
        const isFirst = edges.lowest > edges.highest
        if (isFirst || key < edges.lowest) edges.lowest = key
        if (isFirst || key > edges.highest) edges.highest = key
      }
      keys.push(key)
      counts.push(n)
    },
    finish() {
      if (hasHistograms) offsets.push(keys.size())
      const buckets = {
        offsets: Uint32Array.from(offsets.read()),
        ...edges,
        keys: Int16Array.from(keys.read()),
        counts: counts.read(),
      }
      return {
        kind,
        at: at.read(),
        count: count.read(),
        sum: sum.read(),
        min: min.read(),
        max: max.read(),
        last: last.read(),
        buckets: hasHistograms ? buckets : null,
      }
    },
  }
}

/** Numbers in a buffer that doubles. */
function list() {
  let values = new Float64Array(64)
  let size = 0
  return {
    push(value: number): void {
      if (size === values.length) {
        const larger = new Float64Array(2 * size)
        larger.set(values)
        values = larger
      }
      values[size] = value
      size += 1
    },
    size: () => size,
    read: () => values.subarray(0, size),
  }
}
