import type { Histogram } from '../series/histogram.ts'
import type { SeriesIdentity, SeriesSamples } from '../series/sample.ts'
import type { Instant } from '../time/instant.ts'
import type { StatementCalls } from './compare.ts'
import { longRunning, storageRatio } from './findings.ts'
import type { DatabaseFigures, DatabaseSnapshot } from './schema.ts'
import { connectionsTotal } from './snapshot.ts'

/** The attribute that tells the databases of a project apart: the key of the source. */
export const SOURCE_ATTRIBUTE = 'db.source'

interface SeriesInput {
  /** Key of the source. */
  source: string
  at: Instant
  snapshot: DatabaseSnapshot
  figures: Pick<DatabaseFigures, 'deadlocks' | 'statsResetAt'>
  calls: readonly StatementCalls[]
  /** When the calls began to be counted: the reading before. */
  since: Instant | null
  /** Counts by bucket of durations in seconds; the edges of buckets are not computed here. */
  toHistogram: (values: readonly { value: number; count: number }[]) => Histogram
}

/** A reading as series: gauges of the moment, deadlocks as a total, durations of statements as what came since the reading before. */
export function toSeries(input: SeriesInput): SeriesSamples[] {
  const { snapshot, figures, at } = input
  const { maxConnections, sizeBytes, cacheHitRatio, cpuRatio, memoryRatio, diskRatio } = snapshot
  const gauge = (name: string, unit: string, value: number | null, attributes: Record<string, string> = {}) =>
    value === null ? [] : [gaugeOf(input, name, unit, value, attributes)]
  return [
    ...upSeries(input.source, at, true),
    ...Object.entries(snapshot.connections).flatMap(([state, count]) =>
      gauge('db.connections.by_state', '{connection}', count, { 'db.connection.state': state }),
    ),
    // Apart from the states: the last value of several series together would be that of one state.
    ...gauge('db.connections', '{connection}', connectionsTotal(snapshot)),
    ...gauge('db.connections.utilization', '1', connectionsTotal(snapshot) / maxConnections),
    ...gauge('db.statements.long_running', '{statement}', longRunning(snapshot).length),
    ...gauge('db.cache.hit_ratio', '1', cacheHitRatio),
    ...gauge('db.size', 'By', sizeBytes),
    ...gauge('db.storage.utilization', '1', storageRatio(snapshot)),
    ...gauge('db.cpu.utilization', '1', cpuRatio),
    ...gauge('db.memory.utilization', '1', memoryRatio),
    ...gauge('db.disk.utilization', '1', diskRatio),
    {
      series: { ...identityOf(input.source, 'db.deadlocks', '{deadlock}'), kind: 'counter', temporality: 'cumulative' },
      samples: [{ at, startAt: figures.statsResetAt, value: figures.deadlocks }],
    },
    ...durationSeries(input),
  ]
}

/** Whether the database could be looked into: one series for both answers, so that a gap is neither. */
export function upSeries(source: string, at: Instant, isUp: boolean): SeriesSamples[] {
  return [gaugeOf({ source, at }, 'db.up', '1', isUp ? 1 : 0, {})]
}

function durationSeries({ source, at, calls, since, toHistogram }: SeriesInput): SeriesSamples[] {
  if (calls.length === 0) return []
  const values = calls.map(({ calls: count, meanMs }) => ({ value: meanMs / 1_000, count }))
  const sorted = values.map(({ value }) => value).toSorted((one, other) => one - other)
  return [
    {
      series: { ...identityOf(source, 'db.statement.duration', 's'), kind: 'histogram', temporality: 'delta' },
      samples: [
        {
          at,
          startAt: since,
          count: values.reduce((sum, { count }) => sum + count, 0),
          sum: values.reduce((sum, { value, count }) => sum + value * count, 0),
          min: sorted[0] ?? null,
          max: sorted.at(-1) ?? null,
          histogram: toHistogram(values),
        },
      ],
    },
  ]
}

function gaugeOf(
  { source, at }: { source: string; at: Instant },
  name: string,
  unit: string,
  value: number,
  attributes: Record<string, string>,
): SeriesSamples {
  const identity = identityOf(source, name, unit)
  return {
    series: {
      ...identity,
      kind: 'gauge',
      temporality: null,
      attributes: { ...identity.attributes, ...attributes },
    },
    samples: [{ at, startAt: null, value }],
  }
}

function identityOf(
  source: string,
  name: string,
  unit: string,
): Pick<SeriesIdentity, 'name' | 'unit' | 'environment' | 'attributes'> {
  return { name, unit, environment: 'production', attributes: { [SOURCE_ATTRIBUTE]: source } }
}
