import type { Aggregate } from '../../domain/series/question.ts'

/** What can be said as a sentence. Everything else is said in one line. */
export const SENTENCE_KINDS = ['threshold', 'ratio', 'baseline', 'absence', 'consecutive_failures', 'expiry'] as const
export type SentenceKind = (typeof SENTENCE_KINDS)[number]

/** What the editor's fields hold, as they were typed: nothing of it is checked yet. */
export interface RuleDraft {
  /** Which of the two says the condition. */
  mode: 'sentence' | 'line'
  line: string
  kind: SentenceKind
  aggregate: string
  metric: string
  /** Conditions on attributes; empty names are none. A value that ends in `*` is a beginning, an empty one asks that there be none. */
  whereName1: string
  whereValue1: string
  whereName2: string
  whereValue2: string
  perAggregate: string
  perMetric: string
  perWhereName: string
  perWhereValue: string
  window: string
  operator: string
  critical: string
  criticalRecovery: string
  warning: string
  warningRecovery: string
  minCount: string
  weeks: string
  minBaseline: string
  level: string
  /** `*` for all, `tag:…`, or a key. */
  monitors: string
  failures: string
  criticalDays: string
  warningDays: string
  groupBy: string
  forTime: string
  keepFiringFor: string
  noData: string
  groupLimit: string
  name: string
  key: string
  severityWarning: string
  severityCritical: string
  channels: readonly string[]
  throttle: string
  repeat: string
  runbook: string
  /** `team=checkout, tier=1`. */
  labels: string
}

export const FRESH_DRAFT: RuleDraft = {
  mode: 'sentence',
  line: '',
  kind: 'threshold',
  aggregate: 'p95' satisfies Aggregate,
  metric: '',
  whereName1: '',
  whereValue1: '',
  whereName2: '',
  whereValue2: '',
  perAggregate: 'sum' satisfies Aggregate,
  perMetric: '',
  perWhereName: '',
  perWhereValue: '',
  window: '5m',
  operator: 'above',
  critical: '',
  criticalRecovery: '',
  warning: '',
  warningRecovery: '',
  minCount: '0',
  weeks: '4',
  minBaseline: '0',
  level: 'critical',
  monitors: '*',
  failures: '3',
  criticalDays: '7',
  warningDays: '21',
  groupBy: '',
  forTime: '5m',
  keepFiringFor: '0s',
  noData: 'resolve',
  groupLimit: '100',
  name: '',
  key: '',
  severityWarning: 'medium',
  severityCritical: 'critical',
  channels: [],
  throttle: '0s',
  repeat: '0s',
  runbook: '',
  labels: '',
}

const TELLING_METRICS = ['http.server.request.duration', 'probe.duration']

/** What a new rule begins with in a project that has these metrics, so that there is something to see before anything was chosen. */
export function suggestDraft(metrics: readonly { name: string }[]): RuleDraft {
  const metric = TELLING_METRICS.find((name) => metrics.some((one) => one.name === name)) ?? ''
  return { ...FRESH_DRAFT, metric, critical: metric === '' ? '' : '2s' }
}
