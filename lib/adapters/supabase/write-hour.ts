import type { ColumnWriter } from '../../domain/alert/stored-columns.ts'
import { MINUTE } from '../../domain/time/instant.ts'
import type { UnpackedHour } from './packed-minutes.ts'

/** The same hour of one or several series, added up minute by minute. */
export function writeHour(writer: ColumnWriter, hours: readonly UnpackedHour[]): void {
  const offsets = hours.map(offsetsOf)
  const [only] = hours
  if (only !== undefined && hours.length === 1) {
    for (let index = 0; index < only.minutes.length; index += 1) writeMinute(writer, hours, [index], offsets)
    return
  }
  const places = hours.map(({ minutes }) => new Map([...minutes].map((minute, index) => [minute, index])))
  const seen = [...new Set(hours.flatMap(({ minutes }) => [...minutes]))].sort((one, other) => one - other)
  for (const minute of seen) {
    const indexes = places.map((place) => place.get(minute) ?? -1)
    writeMinute(writer, hours, indexes, offsets)
  }
}

/** Where the buckets of each entry begin, and where the last ones end. */
function offsetsOf({ lengths }: UnpackedHour): readonly number[] {
  const offsets = [0]
  for (const length of lengths ?? []) offsets.push((offsets.at(-1) ?? 0) + length)
  return offsets
}

/** `indexes`: where the minute stands in each hour; -1 in those that do not have it. */
function writeMinute(
  writer: ColumnWriter,
  hours: readonly UnpackedHour[],
  indexes: readonly number[],
  offsets: readonly (readonly number[])[],
): void {
  const row = { at: 0, count: 0, sum: 0, min: Number.NaN, max: Number.NaN, last: Number.NaN }
  for (let n = 0; n < hours.length; n += 1) {
    const [hour, index] = [hours[n], indexes[n] ?? -1]
    if (hour === undefined || index < 0) continue
    row.at = hour.hourAt + (hour.minutes[index] ?? 0) * MINUTE
    row.count += hour.counts[index] ?? 0
    row.sum += hour.sums[index] ?? 0
    row.min = pick(row.min, hour.mins?.[index], Math.min)
    row.max = pick(row.max, hour.maxs?.[index], Math.max)
    // Of several series in one minute the largest, as in `read_rule_figures`.
    row.last = pick(row.last, hour.lasts?.[index], Math.max)
  }
  writer.row(row)
  for (let n = 0; n < hours.length; n += 1) {
    const [hour, index] = [hours[n], indexes[n] ?? -1]
    if (hour === undefined || index < 0 || hour.lengths === null) continue
    writer.buckets(hour.keys, hour.bucketCounts, offsets[n]?.[index] ?? 0, offsets[n]?.[index + 1] ?? 0)
  }
}

function pick(one: number, other: number | undefined, choose: (one: number, other: number) => number): number {
  if (other === undefined || Number.isNaN(other)) return one
  return Number.isNaN(one) ? other : choose(one, other)
}
