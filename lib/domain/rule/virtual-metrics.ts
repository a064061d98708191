import type { MetricKind } from '../series/sample.ts'

/** What probes measured, which is no series of the store and answers like one: 1 for each probe that was answered and 0 for others, and ms. */
export const VIRTUAL_METRICS: ReadonlyMap<
  string,
  { kind: MetricKind; unit: string; attributeNames: readonly string[] }
> = new Map([
  ['probe.success', { kind: 'gauge', unit: '1', attributeNames: ['monitor'] }],
  ['probe.duration', { kind: 'histogram', unit: 'ms', attributeNames: ['monitor'] }],
] as const)
