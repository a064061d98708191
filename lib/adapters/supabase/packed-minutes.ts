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
  minutes: readonly number[]
  counts: readonly number[]
  sums: readonly number[]
  mins: readonly number[] | null
  maxs: readonly number[] | null
  lasts: readonly number[] | null
  /** How many buckets each entry has; null without histograms. */
  lengths: readonly number[] | null
  keys: readonly number[]
  bucketCounts: readonly number[]
}

export function unpackRow(kind: MetricKind, packed: PackedRow): UnpackedHour {
  const [, , hourAt, minutes, counts, sums, mins, maxs, lasts, lengths, keys, bucketCounts] = packed
  const sum = numbersIn(sums)
  // Left out where one sample a minute has its sum as min, max and last; a histogram may not know them at all.
  const otherwise = kind === 'histogram' ? null : sum
  const given = (text: string | null) => (text === null ? otherwise : numbersIn(text))
  return {
    hourAt,
    minutes: numbersIn(minutes),
    counts: numbersIn(counts),
    sums: sum,
    mins: given(mins),
    maxs: given(maxs),
    lasts: given(lasts),
    lengths: lengths === null || keys === null ? null : numbersIn(lengths),
    keys: keys === null ? [] : numbersIn(keys),
    bucketCounts: bucketCounts === null ? [] : numbersIn(bucketCounts),
  }
}

const ZERO = 48
const NINE = 57
const MINUS = 45
const COMMA = 44
const OPENING = 123
const CLOSING = 125

/** `{1,2,NULL}`, `1,2` or `1`; NaN for what is null. Most of a month are small whole numbers, which are read without cutting the text up. */
function numbersIn(text: string): number[] {
  const numbers: number[] = []
  const end = text.charCodeAt(text.length - 1) === CLOSING ? text.length - 1 : text.length
  let start = text.charCodeAt(0) === OPENING ? 1 : 0
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
    if (isWhole) numbers.push(isNegative ? -whole : whole)
    else {
      place = nextComma(text, place, end)
      numbers.push(Number(text.slice(start, place)))
    }
    start = place + 1
  }
  return numbers
}

function nextComma(text: string, from: number, end: number): number {
  const found = text.indexOf(',', from)
  return found < 0 || found > end ? end : found
}
