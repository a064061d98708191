import { bucketsIn, type StoredBlock } from '../../domain/alert/stored-columns.ts'

/** The same hour of one or several series, added up minute by minute. A key may stand in a minute once for each of them. */
export function mergeSeries(hours: readonly StoredBlock[]): StoredBlock {
  const [only] = hours
  if (only !== undefined && hours.length === 1) return only
  const at = Float64Array.from(new Set(hours.flatMap((hour) => [...hour.at]))).sort()
  const places = hours.map((hour) => new Map([...hour.at].map((minute, index) => [minute, index])))
  const found = [...at].map((minute) => places.map((place) => place.get(minute)))
  const valuesOf = (listOf: (hour: StoredBlock) => Float64Array | null) =>
    found.map((indexes) =>
      indexes.flatMap((index, n) => {
        const hour = hours[n]
        const value = index === undefined || hour === undefined ? undefined : listOf(hour)?.[index]
        return value === undefined || Number.isNaN(value) ? [] : [value]
      }),
    )
  const added = (values: number[][]) => Float64Array.from(values, (list) => list.reduce((sum, value) => sum + value, 0))
  const chosen = (values: number[][], choose: (...list: number[]) => number) =>
    Float64Array.from(values, (list) => (list.length === 0 ? Number.NaN : choose(...list)))
  return {
    at,
    count: added(valuesOf(({ count }) => count)),
    sum: added(valuesOf(({ sum }) => sum)),
    min: chosen(
      valuesOf(({ min }) => min),
      Math.min,
    ),
    max: chosen(
      valuesOf(({ max }) => max),
      Math.max,
    ),
    // Of several series in one minute the largest, as in `read_rule_figures`.
    last: chosen(
      valuesOf(({ last }) => last),
      Math.max,
    ),
    ...mergeBuckets(hours, found),
  }
}

/** `found`: for each minute where it stands in each hour; undefined in those that do not have it. */
function mergeBuckets(
  hours: readonly StoredBlock[],
  found: readonly (readonly (number | undefined)[])[],
): Pick<StoredBlock, 'lengths' | 'buckets'> {
  const total = hours.reduce((sum, { buckets }) => sum + buckets.total, 0)
  const [lengths, keys, counts] = [new Float64Array(found.length), new Int16Array(total), new Float64Array(total)]
  const offsets = hours.map(offsetsOf)
  const held = hours.map(({ buckets }) => {
    const lists = { keys: new Int16Array(buckets.total), counts: new Float64Array(buckets.total) }
    buckets.writeTo(lists.keys, lists.counts)
    return lists
  })
  let place = 0
  for (const [minute, indexes] of found.entries()) {
    const before = place
    for (const [n, index] of indexes.entries()) {
      const [hour, from, to] = [held[n], offsets[n]?.[index ?? -1] ?? 0, offsets[n]?.[(index ?? -1) + 1] ?? 0]
      if (hour === undefined || index === undefined) continue
      keys.set(hour.keys.subarray(from, to), place)
      counts.set(hour.counts.subarray(from, to), place)
      place += to - from
    }
    lengths[minute] = place - before
  }
  return { lengths: hours.some((hour) => hour.lengths !== null) ? lengths : null, buckets: bucketsIn(keys, counts) }
}

/** Where the buckets of each entry begin, and where the last ones end. */
function offsetsOf({ lengths }: StoredBlock): readonly number[] {
  const offsets = [0]
  for (const length of lengths ?? []) offsets.push((offsets.at(-1) ?? 0) + length)
  return offsets
}
