import type { Panel, Source } from '../../domain/series/panel.ts'
import type { Aggregate, Condition } from '../../domain/series/question.ts'

export const OPS_PANELS = [
  'requestRate',
  'errorRate',
  'responseTime',
  'cpu',
  'memory',
  'connections',
  'queueLength',
  'workers',
  'jobSuccess',
] as const
export type OpsPanel = (typeof OPS_PANELS)[number]

const one = (metric: string, aggregate: Aggregate): Source => ({ of: { metric, aggregate } })
const share = (metric: string, where: Record<string, Condition>): Source => ({
  of: { metric, aggregate: 'rate', where },
  per: { metric, aggregate: 'rate' },
})

const FIVE_HUNDREDS = { 'http.response.status_code': { prefix: '5' } }

/**
 * The operations dashboard of the guide for alerts, in its order, with the limits of its tables for infrastructure and applications. Names
 * are those of OpenTelemetry's semantic conventions; where those have none, short ones of the same kind.
 */
export const OPS: readonly Panel<OpsPanel>[] = [
  {
    key: 'requestRate',
    // Counted from lines of a log, or measured by the application: either may know of a part only.
    sources: [one('http.server.request.duration', 'rate'), one('http.server.requests', 'rate')],
    prefersMost: true,
    scale: 1,
    unit: '/s',
    limits: null,
  },
  {
    key: 'errorRate',
    sources: [share('http.server.request.duration', FIVE_HUNDREDS), share('http.server.requests', FIVE_HUNDREDS)],
    prefersMost: true,
    scale: 100,
    unit: '%',
    limits: { direction: 'above', warning: 1, critical: 5 },
  },
  {
    key: 'responseTime',
    sources: [one('http.server.request.duration', 'p95')],
    scale: 1,
    unit: 's',
    limits: { direction: 'above', warning: 0.5, critical: 2 },
  },
  {
    key: 'cpu',
    sources: [one('system.cpu.utilization', 'avg'), one('process.cpu.utilization', 'avg')],
    scale: 100,
    unit: '%',
    limits: { direction: 'above', warning: 70, critical: 90 },
  },
  {
    key: 'memory',
    sources: [one('system.memory.utilization', 'avg')],
    scale: 100,
    unit: '%',
    limits: { direction: 'above', warning: 70, critical: 85 },
  },
  {
    key: 'connections',
    sources: [one('db.client.connection.count', 'last'), one('db.connections', 'last')],
    scale: 1,
    unit: '',
    limits: null,
  },
  {
    key: 'queueLength',
    sources: [one('messaging.queue.length', 'max'), one('queue.length', 'max')],
    scale: 1,
    unit: '',
    limits: { direction: 'above', warning: 100, critical: 500 },
  },
  { key: 'workers', sources: [one('worker.count', 'last')], scale: 1, unit: '', limits: null },
  {
    key: 'jobSuccess',
    // The guide says it the other way round: a failure rate above 5 % and 20 %.
    sources: [share('job.runs', { outcome: 'success' })],
    scale: 100,
    unit: '%',
    limits: { direction: 'below', warning: 95, critical: 80 },
  },
]
