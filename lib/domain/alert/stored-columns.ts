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

/** Some entries in order of time, as they were read together. Null: not known of any of them. */
export interface StoredBlock {
  at: Float64Array
  count: Float64Array
  sum: Float64Array
  min: Float64Array | null
  max: Float64Array | null
  last: Float64Array | null
  /** How many buckets each entry has; null without histograms. */
  lengths: Float64Array | null
  buckets: BlockBuckets
}

/** The buckets of all entries of a block, one after the other. A month is millions of them: they are written once, where they are to stay. */
export interface BlockBuckets {
  total: number
  /** Both lists have room for all of them, and no more. */
  writeTo(keys: Int16Array, counts: Float64Array): void
}

/** Buckets that stand in lists already. */
export function bucketsIn(keys: Int16Array, counts: Float64Array): BlockBuckets {
  return {
    total: keys.length,
    writeTo(otherKeys, otherCounts) {
      otherKeys.set(keys)
      otherCounts.set(counts)
    },
  }
}

/** Blocks one after the other, in order of time. */
export function joinBlocks(kind: MetricKind, blocks: readonly StoredBlock[]): StoredColumns {
  const size = blocks.reduce((sum, block) => sum + block.at.length, 0)
  const joined = (listOf: (block: StoredBlock) => Float64Array | null) => {
    const list = new Float64Array(size).fill(Number.NaN)
    let place = 0
    for (const block of blocks) {
      list.set(listOf(block) ?? [], place)
      place += block.at.length
    }
    return list
  }
  const columns = {
    kind,
    at: joined(({ at }) => at),
    count: joined(({ count }) => count),
    sum: joined(({ sum }) => sum),
  }
  const known = { min: joined(({ min }) => min), max: joined(({ max }) => max), last: joined(({ last }) => last) }
  return { ...columns, ...known, buckets: joinBuckets(blocks, size) }
}

function joinBuckets(blocks: readonly StoredBlock[], size: number): StoredBuckets | null {
  if (blocks.every(({ lengths }) => lengths === null)) return null
  const total = blocks.reduce((sum, { buckets }) => sum + buckets.total, 0)
  const [offsets, keys, counts] = [new Uint32Array(size + 1), new Int16Array(total), new Float64Array(total)]
  let [entry, place] = [0, 0]
  for (const block of blocks) {
    const end = place + block.buckets.total
    block.buckets.writeTo(keys.subarray(place, end), counts.subarray(place, end))
    for (let index = 0; index < block.at.length; index += 1) {
      place += block.lengths?.[index] ?? 0
      entry += 1
      offsets[entry] = place
    }
  }
  return { offsets, keys, counts, ...edgesOf(keys) }
}

/**
 * The same columns for whoever asks only how many values lie up to a bucket: two buckets an entry, and the same answer. Sliding over them costs
 * a twentieth.
 */
export function splitAt(columns: StoredColumns, last: number): StoredColumns {
  if (columns.buckets === null) return columns
  const { offsets, keys, counts } = columns.buckets
  const size = columns.at.length
  const split = { keys: new Int16Array(2 * size), counts: new Float64Array(2 * size) }
  for (let entry = 0; entry < size; entry += 1) {
    let [below, above] = [0, 0]
    const end = offsets[entry + 1] ?? 0
    for (let place = offsets[entry] ?? 0; place < end; place += 1) {
      const count = counts[place] ?? 0
      if ((keys[place] ?? ZERO_KEY) <= last) below += count
      else above += count
    }
    split.keys.set([last, last + 1], 2 * entry)
    split.counts.set([below, above], 2 * entry)
  }
  const places = new Uint32Array(size + 1).map((_, entry) => 2 * entry)
  return { ...columns, buckets: { offsets: places, ...split, ...edgesOf(split.keys) } }
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
