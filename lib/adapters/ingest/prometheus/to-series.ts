import { matchesName } from '../../../domain/monitor/match-name.ts'
import type { ExposedSample, MetricFamily } from '../../../domain/probe/exposition.ts'
import type { MetricKind, SeriesIdentity } from '../../../domain/series/sample.ts'
import type { ScrapeFacts, ScrapeToSeries } from '../../../ports/scrape-format.ts'
import type { Rejection } from '../../../ports/telemetry-store.ts'
import { MAGNITUDE_MAX, NAME_LENGTH_MAX } from '../limits.ts'
import { createRefusalList, type RefusalList } from '../refusal-list.ts'
import { toSeriesAttributes } from '../series-attributes.ts'
import { createSeriesList, type SeriesList } from '../series-list.ts'
import { cleanText } from '../text.ts'
import { groupKey, labelKey } from './group-key.ts'
import { readHistogram, startOf } from './read-histogram.ts'
import { unitOf } from './unit-of.ts'

/** A tenth of what a project may have: one address whose labels never repeat must not take the place of all others. */
const SERIES_MAX = 1_000

interface Into {
  facts: ScrapeFacts
  list: SeriesList
  refusals: RefusalList
  /** Series that are kept, by name and labels. */
  kept: Set<string>
  /** Samples of all others. */
  overCount: number
}

/**
 * Gauges, infos and what has no type become gauges; counters, and sums and counts of summaries, become counters; histograms stay what
 * they are. Names are kept. Quantiles of summaries and values that are NaN are passed over, gauge histograms are refused.
 */
export const scrapeToSeries: ScrapeToSeries = (exposition, facts) => {
  const into: Into = { facts, list: createSeriesList(), refusals: createRefusalList(), kept: new Set(), overCount: 0 }
  for (const family of exposition.families) {
    if (!isWanted(family, facts.include)) continue
    if (family.type === 'gaugehistogram') {
      const message = 'is a gauge histogram, and these are not taken'
      into.refusals.add({ field: family.name, code: 'invalid', count: family.samples.length, message })
    } else if (family.type === 'histogram') addHistograms(into, family)
    else addScalars(into, family)
  }
  return { series: into.list.series(), rejections: [...into.refusals.rejections(), ...describeLimit(into)] }
}

function isWanted({ name, samples }: MetricFamily, include: readonly string[]): boolean {
  if (include.length === 0) return true
  return include.some(
    (pattern) => matchesName(pattern, name) || samples.some((sample) => matchesName(pattern, sample.name)),
  )
}

function describeLimit({ facts, overCount }: Into): Rejection[] {
  if (overCount === 0) return []
  const message = `The monitor ${facts.instance} reads more than ${SERIES_MAX} series, and no more of one scrape are kept: choose fewer names.`
  return [{ code: 'series_limit', count: overCount, message }]
}

/** Whether there is room for the series, before anything more is made of it. */
function hasRoom(into: Into, key: string): boolean {
  if (into.kept.has(key)) return true
  if (into.kept.size >= SERIES_MAX) {
    into.overCount += 1
    return false
  }
  into.kept.add(key)
  return true
}

function addScalars(into: Into, family: MetricFamily): void {
  const created = new Map<string, number>()
  for (const { name, labels, value } of family.samples) {
    if (name === `${family.name}_created`) created.set(labelKey(labels), value)
  }
  for (const sample of family.samples) addScalar(into, family, sample, created)
}

function addScalar(
  into: Into,
  family: MetricFamily,
  sample: ExposedSample,
  created: ReadonlyMap<string, number>,
): void {
  const { facts, list, refusals } = into
  const { name, value } = sample
  const kind = kindOf(family, sample)
  if (kind === null || Number.isNaN(value)) return
  if (!(Math.abs(value) <= MAGNITUDE_MAX) || (kind === 'counter' && value < 0)) {
    const wanted = kind === 'counter' ? 'from 0 to' : 'finite, and at most'
    refusals.add({ field: name, code: 'invalid', count: 1, message: `must be ${wanted} ${MAGNITUDE_MAX}` })
    return
  }
  const key = labelKey(sample.labels)
  if (!hasRoom(into, `${name} ${key}`)) return
  const series = identityOf(into, name, kind, sample.labels)
  if (series === null) return
  const at = sample.at ?? facts.at
  const startAt = kind === 'counter' ? startOf(created.get(key) ?? null, at) : null
  list.addScalar({ ...series, kind }, { at, startAt, value })
}

/** Null for what is no series of its own. */
function kindOf({ type, name }: MetricFamily, sample: ExposedSample): 'gauge' | 'counter' | null {
  if (type === 'counter') return sample.name === `${name}_created` ? null : 'counter'
  if (type !== 'summary') return 'gauge'
  return sample.name === `${name}_sum` || sample.name === `${name}_count` ? 'counter' : null
}

function addHistograms(into: Into, family: MetricFamily): void {
  const groups = new Map<string, ExposedSample[]>()
  for (const sample of family.samples) {
    const key = `${groupKey(family, sample)} ${sample.at}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [sample])
    else group.push(sample)
  }
  for (const samples of groups.values()) {
    const [first] = samples
    if (first === undefined) continue
    const read = readHistogram(family.name, samples, first.at ?? into.facts.at)
    if (!read.ok) {
      into.refusals.add({ field: family.name, code: 'invalid', count: 1, message: read.message })
      continue
    }
    if (!hasRoom(into, `${family.name} ${groupKey(family, first)}`)) continue
    const labels = first.labels.filter(([label]) => label !== 'le')
    const series = identityOf(into, family.name, 'histogram', labels)
    if (series !== null) into.list.addHistogram({ ...series, kind: 'histogram' }, read.sample)
  }
}

/** Null when it is refused. A label `instance` of the target's own gives way, as in Prometheus. */
function identityOf(
  { facts, refusals }: Into,
  name: string,
  kind: MetricKind,
  labels: ExposedSample['labels'],
): SeriesIdentity | null {
  const map = new Map<string, string>()
  for (const [label, value] of labels) {
    // An empty label is the same as none.
    if (value !== '') map.set(label === 'instance' ? 'exported_instance' : label, cleanText(value))
  }
  map.set('instance', facts.instance)
  const read = toSeriesAttributes(map)
  if (!read.ok) {
    refusals.add({ field: `${name}: ${read.field}`, code: read.code, count: 1, message: read.message })
    return null
  }
  if (name.length > NAME_LENGTH_MAX) {
    const message = `may have ${NAME_LENGTH_MAX} characters, and has ${name.length}`
    refusals.add({ field: name.slice(0, 40), code: 'too_long', count: 1, message })
    return null
  }
  const { environment, attributes } = read
  return {
    name,
    kind,
    temporality: kind === 'gauge' ? null : 'cumulative',
    unit: unitOf(name),
    environment,
    attributes,
  }
}
