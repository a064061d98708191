import type { MetricKind } from '../series/sample.ts'

interface VirtualMetric {
  kind: MetricKind
  unit: string
  attributeNames: readonly string[]
}

const OF_PROBES = ['monitor']
const OF_DEPLOYMENTS = ['service', 'environment', 'platform']
const outcomes: VirtualMetric = { kind: 'counter', unit: '{deployment}', attributeNames: OF_DEPLOYMENTS }

/**
 * What is no series of the store and answers like one. Of probes: 1 for each that was answered and 0 for others, and ms. Of deployments: each
 * that went live or failed, those that failed, and those that crashed once they were live.
 */
export const VIRTUAL_METRICS: ReadonlyMap<string, VirtualMetric> = new Map<string, VirtualMetric>([
  ['probe.success', { kind: 'gauge', unit: '1', attributeNames: OF_PROBES }],
  ['probe.duration', { kind: 'histogram', unit: 'ms', attributeNames: OF_PROBES }],
  ['deployment.count', outcomes],
  ['deployment.failed', outcomes],
  ['deployment.crashed', outcomes],
])

/** Those that count deployments, which are asked for by themselves. */
export const DEPLOYMENT_METRICS: readonly string[] = [...VIRTUAL_METRICS.keys()].filter(isOfDeployments)

export function isOfDeployments(metric: string): boolean {
  return VIRTUAL_METRICS.get(metric)?.attributeNames === OF_DEPLOYMENTS
}
