import type { ExposedSample, MetricFamily } from '../../../domain/probe/exposition.ts'

/** Labels that tell the samples of one metric apart, and not metrics. */
const INNER_LABEL: Partial<Record<MetricFamily['type'], string>> = {
  histogram: 'le',
  gaugehistogram: 'le',
  summary: 'quantile',
}

/** Equal for samples of one metric: its labels in order, without those that number its buckets and quantiles. */
export function groupKey({ type, name }: MetricFamily, { labels }: ExposedSample): string {
  const inner = type === 'stateset' ? name : INNER_LABEL[type]
  return labelKey(inner === undefined ? labels : labels.filter(([label]) => label !== inner))
}

/** Equal for equal labels in any order. */
export function labelKey(labels: ExposedSample['labels']): string {
  if (labels.length === 0) return ''
  if (labels.length === 1) return JSON.stringify(labels[0])
  return JSON.stringify([...labels].sort(([one], [other]) => (one < other ? -1 : 1)))
}
