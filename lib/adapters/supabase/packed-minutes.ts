import type { MetricKind } from '../../domain/series/sample.ts'

/** Group, minutes an entry (60 for a row of minutes, 1 for an hour), when the hour began, and the arrays of an hour as text. */
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
  keys: string | null,
  bucketCounts: string | null,
]

/** An hour of a series, with an entry for each minute that has samples; NaN where a figure is not known. */
export interface UnpackedHour {
  hourAt: number
  minutes: Float64Array
  counts: Float64Array
  sums: Float64Array
  mins: Float64Array | null
  maxs: Float64Array | null
  lasts: Float64Array | null
  /** How many buckets each entry has; null without histograms. */
  lengths: Float64Array | null
  keys: Int16Array
  bucketCounts: Float64Array
}

export function unpackRow(kind: MetricKind, packed: PackedRow): UnpackedHour {
  const [, minutesEach, hourAt, minutes, counts, sums, mins, maxs, lasts, lengths, keys, bucketCounts] = packed
  const read = (text: string) => numbersIn(text, new Float64Array(minutesEach))
  const sum = read(sums)
  // Left out where one sample a minute has its sum as min, max and last; a histogram may not know them at all.
  const otherwise = kind === 'histogram' ? null : sum
  const given = (text: string | null) => (text === null ? otherwise : read(text))
  const hour = { hourAt, minutes: read(minutes), counts: read(counts), sums: sum }
  const known = { mins: given(mins), maxs: given(maxs), lasts: given(lasts) }
  if (lengths === null || keys === null || bucketCounts === null)
    return { ...hour, ...known, lengths: null, keys: NO_KEYS, bucketCounts: NO_COUNTS }
  const length = read(lengths)
  const total = length.reduce((all, one) => all + one, 0)
  const buckets = {
    keys: numbersIn(keys, new Int16Array(total)),
    bucketCounts: numbersIn(bucketCounts, new Float64Array(total)),
  }
  return { ...hour, ...known, lengths: length, ...buckets }
}

const NO_KEYS = new Int16Array(0)
const NO_COUNTS = new Float64Array(0)

const ZERO = 48
const NINE = 57
const MINUS = 45
const COMMA = 44
const OPENING = 123
const CLOSING = 125

/**
 * `{1,2,NULL}`, `1,2` or `1`, written into a list that is long enough; NaN for what is null. Most of a month are small whole numbers, which are
 * read without cutting the text up.
 */
function numbersIn<List extends Float64Array | Int16Array>(text: string, list: List): List {
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
  return list.subarray(0, size) as List
}

function nextComma(text: string, from: number, end: number): number {
  const found = text.indexOf(',', from)
  return found < 0 || found > end ? end : found
}
