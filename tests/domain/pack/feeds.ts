import { MINUTE } from '../../../lib/domain/time/instant.ts'
import type { SyntheticSample } from '../../support/synthetic-series.ts'

/** The samples of one minute in which the figure of a row is exactly `value`. */
export type Feed = (at: number, value: number) => SyntheticSample[]

type Attributes = Record<string, string>

const sample = (
  kind: SyntheticSample['kind'],
  metric: string,
  attributes: Attributes,
  at: number,
  value: number,
  times = 1,
): SyntheticSample => ({ kind, metric, attributes, at: at + MINUTE / 2, value, times })

export const gauge =
  (metric: string, attributes: Attributes = {}): Feed =>
  (at, value) => [sample('gauge', metric, attributes, at, value)]

/** A hundred measurements of the same length. */
export const timings =
  (metric: string, attributes: Attributes = {}): Feed =>
  (at, value) => [sample('histogram', metric, attributes, at, value, 100)]

export const increase =
  (metric: string, attributes: Attributes = {}): Feed =>
  (at, value) => [sample('counter', metric, attributes, at, value)]

/** Of ten thousand, that share with the attributes of the bad ones and the rest with those of the good ones. */
export const share =
  (metric: string, bad: Attributes, good: Attributes, times = 10_000): Feed =>
  (at, value) => [
    sample('counter', metric, bad, at, Math.round(value * times)),
    sample('counter', metric, good, at, times - Math.round(value * times)),
  ]

/** Of ten thousand calls that were timed, that share with the attributes of the bad ones. */
export const timedShare =
  (metric: string, bad: Attributes, good: Attributes): Feed =>
  (at, value) => [
    sample('histogram', metric, bad, at, 1, Math.round(value * 10_000)),
    sample('histogram', metric, good, at, 1, 10_000 - Math.round(value * 10_000)),
  ]

/** Of ten thousand probes, that share answered. */
export const answered =
  (monitor: string): Feed =>
  (at, value) => [
    sample('gauge', 'probe.success', { monitor }, at, 1, Math.round(value * 10_000)),
    sample('gauge', 'probe.success', { monitor }, at, 0, 10_000 - Math.round(value * 10_000)),
  ]

/** So much money for each of a hundred calls. */
export const costPerCall: Feed = (at, value) => [
  sample('counter', 'gen_ai.client.cost', {}, at, value * 100),
  sample('histogram', 'gen_ai.client.operation.duration', {}, at, 1, 100),
]
