import { mergeHistograms } from '../../domain/series/histogram.ts'
import type { HistogramSample, ScalarSample, SeriesIdentity, SeriesSamples } from '../../domain/series/sample.ts'

/** Collects samples by series, as the store takes them. */
export interface SeriesList {
  addScalar(series: SeriesIdentity & { kind: 'gauge' | 'counter' }, sample: ScalarSample): void
  addHistogram(series: SeriesIdentity & { kind: 'histogram' }, sample: HistogramSample): void
  series(): SeriesSamples[]
  /** How many samples went into another one of the same series and moment. */
  mergedCount(): number
}

/**
 * A series has one sample a moment. Increments of the same moment are added up (a program that counts twice in a millisecond has counted
 * both); of totals and gauges the last one holds.
 */
export function createSeriesList(): SeriesList {
  const byIdentity = new Map<string, { series: SeriesIdentity; byTime: Map<number, ScalarSample | HistogramSample> }>()
  let mergedCount = 0

  const add = <Sample extends ScalarSample | HistogramSample>(
    series: SeriesIdentity,
    sample: Sample,
    merge: (one: Sample, other: Sample) => Sample,
  ): void => {
    const identity = JSON.stringify(series)
    const entry = byIdentity.get(identity) ?? { series, byTime: new Map() }
    byIdentity.set(identity, entry)
    const known = entry.byTime.get(sample.at) as Sample | undefined
    if (known !== undefined) mergedCount += 1
    const isAdded = known !== undefined && series.temporality === 'delta'
    entry.byTime.set(sample.at, isAdded ? merge(known, sample) : sample)
  }
  return {
    addScalar: (series, sample) => add(series, sample, (one, other) => ({ ...other, value: one.value + other.value })),
    addHistogram: (series, sample) => add(series, sample, mergeSamples),
    series: () =>
      [...byIdentity.values()].map(
        ({ series, byTime }) => ({ series, samples: [...byTime.values()] }) as SeriesSamples,
      ),
    mergedCount: () => mergedCount,
  }
}

function mergeSamples(one: HistogramSample, other: HistogramSample): HistogramSample {
  return {
    at: other.at,
    startAt: other.startAt,
    count: one.count + other.count,
    sum: one.sum === null || other.sum === null ? null : one.sum + other.sum,
    min: one.min === null || other.min === null ? null : Math.min(one.min, other.min),
    max: one.max === null || other.max === null ? null : Math.max(one.max, other.max),
    histogram: mergeHistograms([one.histogram, other.histogram]),
  }
}
