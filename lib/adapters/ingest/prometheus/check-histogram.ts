import type { ExposedSample, MetricFamily } from '../../../domain/probe/exposition.ts'
import { groupKey } from './group-key.ts'
import { readValue } from './numbers.ts'

/** A histogram, or a summary's sum and count, of one set of labels at one moment. */
interface Group {
  key: string
  bound: number | null
  cumulated: number
  count: number | null
  hasSum: boolean
  hasGsum: boolean
  hasNegativeGsum: boolean
  hasNegativeBounds: boolean
}

/**
 * What is wrong with the buckets of a family, as what was expected of it; null when they fit together (OpenMetrics 1.0, section
 * Histogram): bounds and counts ascend up to `+Inf`, which agrees with the count.
 */
export function findHistogramFault(family: MetricFamily): string | null {
  let group: Group | null = null
  for (const sample of family.samples) {
    const key = `${groupKey(family, sample)} ${sample.at}`
    if (group === null || group.key !== key) {
      const fault = group === null ? null : findGroupFault(group)
      if (fault !== null) return fault
      group = startGroup(key)
    }
    const fault = addSample(group, sample, sample.name.slice(family.name.length))
    if (fault !== null) return fault
  }
  return group === null ? null : findGroupFault(group)
}

function startGroup(key: string): Group {
  const sums = { hasSum: false, hasGsum: false, hasNegativeGsum: false }
  return { key, bound: null, cumulated: 0, count: null, hasNegativeBounds: false, ...sums }
}

function addSample(group: Group, { value, labels }: ExposedSample, ending: string): string | null {
  if (ending === '_count' || ending === '_gcount') group.count = value
  if (ending === '_sum') group.hasSum = true
  if (ending === '_gsum') {
    group.hasGsum = true
    group.hasNegativeGsum = value < 0
  }
  if (ending !== '_bucket') return null
  const bound = readValue(labels.find(([name]) => name === 'le')?.[1] ?? '') ?? Number.NaN
  if (group.bound !== null && bound <= group.bound) return 'buckets in the order of their bounds'
  if (value < group.cumulated) return 'buckets that count what lies below them as well'
  group.hasNegativeBounds ||= bound < 0
  group.bound = bound
  group.cumulated = value
  return null
}

function findGroupFault(group: Group): string | null {
  const { bound, cumulated, count, hasSum, hasGsum, hasNegativeBounds } = group
  if (bound !== Number.POSITIVE_INFINITY) return 'a bucket with le="+Inf"'
  if (count !== null && count !== cumulated) return 'a count that equals the bucket +Inf'
  if ((hasSum || hasGsum) && count === null) return 'a count beside the sum'
  if (!hasSum && !hasGsum && count !== null) return 'a sum beside the count'
  if (hasNegativeBounds && hasSum) return 'no sum beside bounds below zero'
  if (!hasNegativeBounds && group.hasNegativeGsum) return 'a sum that is not negative'
  return null
}
