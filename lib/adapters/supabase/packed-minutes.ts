import { bucketsIn, type StoredBlock } from '../../domain/alert/stored-columns.ts'
import type { MetricKind } from '../../domain/series/sample.ts'
import { MINUTE } from '../../domain/time/instant.ts'
import { unpackBuckets } from './unpack-buckets.ts'

/**
 * Group, minutes an entry (60 for a row of minutes, 1 for an hour), when the hour began, the arrays of an hour as text, and its buckets as
 * `private.pack_buckets` writes them.
 */
export type PackedRow = [
  group: string[],
  minutesEach: number,
  hourAt: number,
  minutes: string,
  counts: string,
  sums: string,
  mins: string | null,
  maxs: string | null,
  lasts: string | null,
  lengths: string | null,
  buckets: string | null,
]

/** An hour of a series, with an entry for each minute that has samples; NaN where a figure is not known. */
export function unpackRow(kind: MetricKind, packed: PackedRow): StoredBlock {
  const [, minutesEach, hourAt, minutes, counts, sums, mins, maxs, lasts, lengths, buckets] = packed
  const read = (text: string) => numbersIn(text, minutesEach)
  const sum = read(sums)
  // Left out where one sample a minute has its sum as min, max and last; a histogram may not know them at all.
  const otherwise = kind === 'histogram' ? null : sum
  const given = (text: string | null) => (text === null ? otherwise : read(text))
  const at = read(minutes).map((minute) => hourAt + minute * MINUTE)
  const block = { at, count: read(counts), sum, min: given(mins), max: given(maxs), last: given(lasts) }
  if (lengths === null || buckets === null) return { ...block, lengths: null, buckets: NO_BUCKETS }
  const lengthOfEach = read(lengths)
  const total = lengthOfEach.reduce((all, one) => all + one, 0)
  const writeTo = (keys: Int16Array, counts: Float64Array) => unpackBuckets(buckets, keys, counts)
  return { ...block, lengths: lengthOfEach, buckets: { total, writeTo } }
}

const NO_BUCKETS = bucketsIn(new Int16Array(0), new Float64Array(0))

const ZERO = 48
const NINE = 57
const MINUS = 45
const COMMA = 44
const OPENING = 123
const CLOSING = 125

/**
 * `{1,2,NULL}`, `1,2` or `1`, of `most` numbers at most; NaN for what is null. Most of a month are small whole numbers, which are
 * read without cutting the text up.
 */
function numbersIn(text: string, most: number): Float64Array {
  const list = new Float64Array(most)
  const end = text.charCodeAt(text.length - 1) === CLOSING ? text.length - 1 : text.length
  let start = text.charCodeAt(0) === OPENING ? 1 : 0
  let size = 0
  while (start < end) {
    let place = start
    let whole = 0
    const isNegative = text.charCodeAt(place) === MINUS
    if (isNegative) place += 1
    const digits = place
    for (; place < end; place += 1) {
      const code = text.charCodeAt(place)
      if (code < ZERO || code > NINE) break
      whole = whole * 10 + code - ZERO
    }
    const isWhole = place > digits && place - digits < 15 && (place === end || text.charCodeAt(place) === COMMA)
    if (!isWhole) place = nextComma(text, place, end)
    list[size] = !isWhole ? Number(text.slice(start, place)) : isNegative ? -whole : whole
    size += 1
    start = place + 1
  }
  return list.subarray(0, size)
}

function nextComma(text: string, from: number, end: number): number {
  const found = text.indexOf(',', from)
  return found < 0 || found > end ? end : found
}
