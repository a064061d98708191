import type { StoredFigures } from '../../domain/alert/sliding-figures.ts'
import { mergeFigures } from '../../domain/rule/figures-of.ts'
import { groupKeyOf } from '../../domain/rule/outcome.ts'
import type { Figures } from '../../domain/series/figures.ts'
import { EMPTY_HISTOGRAM, type Histogram } from '../../domain/series/histogram.ts'
import type { MetricKind } from '../../domain/series/sample.ts'
import { fromIso, MINUTE } from '../../domain/time/instant.ts'
import type { MinutesQuestion, StoredMetric } from '../../ports/rule-reader.ts'

/** A question as `read_rule_minutes` takes it. */
export function toMinutesJson({ metric, where, groupBy, wantsHistograms, groupsMax, rowsMax }: MinutesQuestion) {
  return {
    metric,
    where: { ...where },
    group_by: [...groupBy],
    wants_histograms: wantsHistograms,
    groups_max: groupsMax,
    rows_max: rowsMax,
  }
}

/** Group, minutes an entry (60 for a row of minutes, 1 for an hour), when the hour began, and the arrays of an hour as text. */
type PackedRow = [
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

export interface StoredMetricRow {
  kind: MetricKind
  unit: string
  groups_total: number
  from: string
  minutes_from: string
  rows: PackedRow[]
}

type Line = { group: readonly string[]; hours: Map<number, Figures[]>; minutes: Map<number, Figures[]> }

/** Hours of arrays as figures, those of several series of one group added up. */
export function toStoredMetric({ metric, where, groupBy }: MinutesQuestion, row: StoredMetricRow): StoredMetric {
  const lines = new Map<string, Line>()
  for (const packed of row.rows) {
    const [group, minutesEach] = packed
    const key = groupKeyOf(group)
    const line = lines.get(key) ?? { group, hours: new Map(), minutes: new Map() }
    lines.set(key, line)
    const into = minutesEach === 1 ? line.hours : line.minutes
    for (const { at, figures } of unpack(row.kind, packed)) {
      const known = into.get(at)
      if (known === undefined) into.set(at, [figures])
      else known.push(figures)
    }
  }
  return {
    metric,
    where,
    groupBy,
    kind: row.kind,
    unit: row.unit,
    groupsTotal: row.groups_total,
    from: fromIso(row.from),
    minutesFrom: fromIso(row.minutes_from),
    lines: [...lines.values()].map(({ group, hours, minutes }) => ({
      group,
      hours: addUp(hours),
      minutes: addUp(minutes),
    })),
  }
}

function addUp(parts: ReadonlyMap<number, readonly Figures[]>): StoredFigures[] {
  return [...parts]
    .flatMap(([at, figures]) => {
      const merged = mergeFigures(figures)
      return merged === null ? [] : [{ at, figures: merged }]
    })
    .sort((one, other) => one.at - other.at)
}

function unpack(kind: MetricKind, packed: PackedRow): StoredFigures[] {
  const [, , hourAt, minutes, counts, sums, mins, maxs, lasts, lengths, keys, bucketCounts] = packed
  const [count, sum, min, max, last] = [counts, sums, mins, maxs, lasts].map(numbersOf)
  const histogramAt = histogramsOf(lengths, keys, bucketCounts)
  // Left out where one sample a minute has its sum as min, max and last; a histogram may not know them at all.
  const isPlain = kind !== 'histogram'
  return (numbersOf(minutes) ?? []).map((minute, index) => {
    const at = hourAt + (minute ?? 0) * MINUTE
    const total = sum?.[index] ?? 0
    const otherwise = isPlain ? total : null
    return {
      at,
      figures: {
        kind,
        count: count?.[index] ?? 0,
        sum: total,
        min: min === null ? otherwise : (min?.[index] ?? null),
        max: max === null ? otherwise : (max?.[index] ?? null),
        last: last === null ? otherwise : (last?.[index] ?? null),
        lastAt: at,
        histogram: histogramAt(index),
      },
    }
  })
}

function histogramsOf(
  lengths: string | null,
  keys: string | null,
  counts: string | null,
): (index: number) => Histogram {
  const [length, key, count] = [lengths, keys, counts].map(numbersOf)
  if (!length || !key || !count) return () => EMPTY_HISTOGRAM
  let before = 0
  return (index) => {
    const end = before + (length[index] ?? 0)
    const histogram = compact(key.slice(before, end), count.slice(before, end))
    before = end
    return histogram
  }
}

/** Single values may repeat a key: their counts are added up. */
function compact(keys: readonly (number | null)[], counts: readonly (number | null)[]): Histogram {
  const merged: { keys: number[]; counts: number[] } = { keys: [], counts: [] }
  for (const [index, key] of keys.entries()) {
    const place = merged.keys.length - 1
    if (merged.keys[place] === key) merged.counts[place] = (merged.counts[place] ?? 0) + (counts[index] ?? 0)
    else {
      merged.keys.push(key ?? 0)
      merged.counts.push(counts[index] ?? 0)
    }
  }
  return merged
}

/** `{1,2,NULL}`, `1,2` or `1`. */
function numbersOf(text: string | null | undefined): (number | null)[] | null {
  if (text === null || text === undefined) return null
  const inner = text.startsWith('{') ? text.slice(1, -1) : text
  return inner === '' ? [] : inner.split(',').map((part) => (part === 'NULL' ? null : Number(part)))
}
