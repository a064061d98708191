import { DEFAULT_GROUP_LIMIT, DEFAULT_SEVERITIES } from '../../domain/rule/schema-file.ts'
import type { Aggregate } from '../../domain/series/question.ts'

/** What can be said as a sentence: every kind. What has more parts than the sentence has room for is said in one line. */
export const SENTENCE_KINDS = [
  'threshold',
  'ratio',
  'baseline',
  'anomaly',
  'absence',
  'consecutive_failures',
  'expiry',
  'burn_rate',
  'composite',
] as const
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
  season: string
  direction: string
  sensitivity: string
  cooldown: string
  /** Key of an SLO, and two pairs of windows over which its budget burns; the second may be empty. */
  slo: string
  burnFactor1: string
  burnLong1: string
  burnShort1: string
  burnFactor2: string
  burnLong2: string
  burnShort2: string
  minBadEvents: string
  /** Of other rules, by key. */
  combine: string
  rules: readonly string[]
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
  /** `service, region`, or `alone`. */
  incidentBy: string
  /** `database-down, host-down (same host, region)`. */
  inhibitedBy: string
  runbook: string
  /** `team=checkout, tier=1`. */
  labels: string
}

/** As a rule in a file that says nothing more than its condition. */
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
  season: 'hour_of_day',
  direction: 'both',
  sensitivity: '1',
  cooldown: '1d',
  slo: '',
  burnFactor1: '14.4',
  burnLong1: '1h',
  burnShort1: '5m',
  burnFactor2: '6',
  burnLong2: '6h',
  burnShort2: '30m',
  minBadEvents: '2',
  combine: 'all',
  rules: [],
  level: 'critical',
  monitors: '*',
  failures: '3',
  criticalDays: '7',
  warningDays: '21',
  groupBy: '',
  forTime: '5m',
  keepFiringFor: '0s',
  noData: 'keep',
  groupLimit: String(DEFAULT_GROUP_LIMIT),
  name: '',
  key: '',
  severityWarning: DEFAULT_SEVERITIES.warning,
  severityCritical: DEFAULT_SEVERITIES.critical,
  channels: [],
  throttle: '0s',
  repeat: '0s',
  incidentBy: '',
  inhibitedBy: '',
  runbook: '',
  labels: '',
}

const TELLING_METRICS = ['http.server.request.duration', 'probe.duration']

/** What a new rule begins with in a project that has these metrics, so that there is something to see before anything was chosen. */
export function suggestDraft(metrics: readonly { name: string }[]): RuleDraft {
  const metric = TELLING_METRICS.find((name) => metrics.some((one) => one.name === name)) ?? ''
  return { ...FRESH_DRAFT, metric, critical: metric === '' ? '' : '2s' }
}

/** What a kind begins with where it differs from the others: windows in which it means something, and how loud it is. */
const KIND_STARTS: Partial<Record<SentenceKind, Partial<RuleDraft>>> = {
  baseline: { window: '1h', operator: 'below', critical: '0.5', warning: '', forTime: '0s' },
  anomaly: { window: '1h', level: 'warning', forTime: '0s' },
  absence: { window: '10m' },
  burn_rate: { forTime: '0s' },
  composite: { forTime: '0s' },
}
const COMMON_START = { window: '5m', operator: 'above', critical: '', warning: '', forTime: '5m', level: 'critical' }

/** The draft as another kind of sentence: fields that mean something else there begin anew, the others stay. */
export function startKind(draft: RuleDraft, kind: SentenceKind): RuleDraft {
  return { ...draft, ...COMMON_START, ...KIND_STARTS[kind], kind }
}
