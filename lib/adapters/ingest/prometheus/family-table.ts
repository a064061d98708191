import type { ExposedSample, MetricFamily, MetricType } from '../../../domain/probe/exposition.ts'

/** A family while it is read. */
export interface OpenFamily extends MetricFamily {
  type: MetricType
  samples: ExposedSample[]
  /** Line of its first metadata or sample. */
  line: number
  /** Keywords that were said of it. */
  metadata: Set<string>
}

/** With what a sample's name may end, by the type of its family. */
export const STRICT_ENDINGS: Record<MetricType, readonly string[]> = {
  unknown: [''],
  gauge: [''],
  counter: ['_total', '_created'],
  histogram: ['_bucket', '_count', '_sum', '_created'],
  gaugehistogram: ['_bucket', '_gcount', '_gsum'],
  summary: ['', '_count', '_sum', '_created'],
  info: ['_info'],
  stateset: [''],
}
export const LOOSE_ENDINGS: Partial<Record<MetricType, readonly string[]>> = {
  histogram: ['_bucket', '_count', '_sum'],
  summary: ['', '_count', '_sum'],
}

export function openFamily(families: Map<string, OpenFamily>, name: string, line: number): OpenFamily {
  const family: OpenFamily = { name, type: 'unknown', samples: [], line, metadata: new Set() }
  families.set(name, family)
  return family
}

/** What a sample's name adds to that of its family; null when it belongs to another one. */
export function endingOf(
  family: MetricFamily,
  sampleName: string,
  endings: Partial<Record<MetricType, readonly string[]>>,
): string | null {
  if (!sampleName.startsWith(family.name)) return null
  const ending = sampleName.slice(family.name.length)
  return (endings[family.type] ?? ['']).includes(ending) ? ending : null
}
