import type { TestedRule } from '../domain/alert/back-test-step.ts'
import { DEPLOYMENT_SOURCES } from '../domain/deployment/deployment.ts'
import { isSame } from '../domain/monitor/same.ts'
import { checkRule, type KnownMetric } from '../domain/rule/check.ts'
import type { RuleIssue } from '../domain/rule/file-form.ts'
import type { LineKnowledge } from '../domain/rule/one-line-term.ts'
import type { AlertRule, RuleSpec } from '../domain/rule/rule.ts'
import type { MonitorFacts } from '../domain/rule/rule-inputs.ts'
import { isOfDeployments, VIRTUAL_METRICS } from '../domain/rule/virtual-metrics.ts'
import type { Aggregate, MetricFacts } from '../domain/series/question.ts'
import type { Slo } from '../domain/slo/slo.ts'
import { DAY, type Instant } from '../domain/time/instant.ts'
import type { DeploymentReader } from '../ports/deployment-reader.ts'
import type { RuleReader } from '../ports/rule-reader.ts'
import type { SloMonitor, SloReader } from '../ports/slo-reader.ts'
import type { TelemetryReader } from '../ports/telemetry-reader.ts'
import { aggregatesOf } from './explore.ts'

/** Hours and days of series are kept so long. */
const RETENTION_MS = 365 * DAY

/** What every project has, even before its first sample. */
const OWN_METRICS: readonly MetricFacts[] = [...VIRTUAL_METRICS].map(([name, { kind, unit, attributeNames }]) => ({
  name,
  kind,
  unit,
  seriesCount: 1,
  lastSeenAt: 0,
  attributeNames: [...attributeNames],
}))

export interface EditorDeps {
  telemetry: Pick<TelemetryReader, 'listMetrics' | 'listAttributeValues'>
  deployments: Pick<DeploymentReader, 'listFacets'>
  rules: Pick<RuleReader, 'listAll' | 'listMetricAges'>
  slos: Pick<SloReader, 'list' | 'listMonitors'>
}

/** Everything that a rule may be about. */
export interface EditorContext {
  metrics: readonly MetricFacts[]
  ages: ReadonlyMap<string, Instant>
  monitors: readonly SloMonitor[]
  tags: readonly string[]
  slos: readonly Slo[]
  rules: readonly AlertRule[]
  known: LineKnowledge & { unitOf: (metric: string) => string | null }
}

export async function readEditorContext(
  deps: Omit<EditorDeps, 'deployments'>,
  projectId: string,
): Promise<EditorContext> {
  const [listed, ages, monitors, slos, rules] = await Promise.all([
    deps.telemetry.listMetrics(projectId),
    deps.rules.listMetricAges(projectId),
    deps.slos.listMonitors(projectId),
    deps.slos.list(projectId),
    deps.rules.listAll(projectId),
  ])
  const metrics = [...listed, ...OWN_METRICS]
  const byName = new Map(metrics.map((metric) => [metric.name, metric]))
  return {
    metrics,
    ages,
    monitors,
    tags: [...new Set(monitors.flatMap(({ tags }) => tags))].sort(),
    slos,
    rules,
    known: {
      metrics: metrics.map(({ name }) => name),
      unitOf: (metric) => byName.get(metric)?.unit ?? null,
      kindOf: (metric) => byName.get(metric)?.kind ?? null,
    },
  }
}

/** Values of an attribute of a metric, for a picker; none of an attribute that is not chosen yet. */
export async function readValues(
  deps: EditorDeps,
  context: EditorContext,
  projectId: string,
  metric: string,
  attribute: string,
): Promise<readonly string[]> {
  if (metric === '' || attribute === '') return []
  if (attribute === 'monitor' && metric.startsWith('probe.')) return context.monitors.map(({ key }) => key)
  if (isOfDeployments(metric)) return valuesOfDeployments(deps, projectId, attribute)
  return deps.telemetry.listAttributeValues(projectId, metric, attribute)
}

async function valuesOfDeployments({ deployments }: EditorDeps, projectId: string, attribute: string) {
  if (attribute === 'platform') return DEPLOYMENT_SOURCES
  const { services, environments } = await deployments.listFacets(projectId)
  return attribute === 'environment' ? environments : services
}

/** Whether what was written makes sense in this project; `intervals` are how often its metrics come (`readIntervals`). */
function checkInProject(
  tested: TestedRule,
  context: EditorContext,
  now: Instant,
  intervals: ReadonlyMap<string, number> = new Map(),
): { errors: readonly RuleIssue[]; warnings: readonly RuleIssue[] } {
  const metrics = new Map(
    context.metrics.map(({ name, kind, unit, attributeNames }): [string, KnownMetric] => {
      const firstSeenAt = context.ages.get(name) ?? 0
      const intervalMs = intervals.get(name) ?? 0
      return [name, { kind, unit, attributeNames: ['environment', ...attributeNames], firstSeenAt, intervalMs }]
    }),
  )
  return checkRule(withoutName(tested), {
    metrics,
    monitors: context.monitors,
    slos: new Map(context.slos.map((slo) => [slo.key, slo])),
    rules: context.rules,
    at: now,
    retentionMs: RETENTION_MS,
  })
}

/**
 * The same for what becomes of a rule: while nobody changes what it asks, or what keeps it quiet, what stands against that is no reason to
 * refuse another name or channel. Rules of packs ask for metrics of which nothing has come yet, and a rule that is named may be deleted.
 */
export function checkChange(
  tested: TestedRule,
  key: string | null,
  context: EditorContext,
  now: Instant,
  intervals: ReadonlyMap<string, number> = new Map(),
): { errors: readonly RuleIssue[]; warnings: readonly RuleIssue[] } {
  const found = checkInProject(tested, context, now, intervals)
  const before = context.rules.find((rule) => rule.key === key)
  if (before === undefined) return found
  const asksTheSame = isSame(before.condition, tested.condition) && isSame(before.groupBy, tested.groupBy)
  const namesTheSame = isSame(before.inhibitedBy, tested.inhibitedBy)
  const isAsItWas = ({ path }: RuleIssue) => (path[0] === 'inhibitedBy' ? namesTheSame : asksTheSame)
  return {
    errors: found.errors.filter((issue) => !isAsItWas(issue)),
    warnings: [...found.errors.filter(isAsItWas), ...found.warnings],
  }
}

/** Of a draft, what the check looks at; the rest plays no part in it. */
function withoutName(tested: TestedRule): RuleSpec {
  return {
    name: '',
    enabled: true,
    severity: { warning: 'medium', critical: 'critical' },
    notifyChannelIds: [],
    runbook: null,
    labels: {},
    pack: null,
    ...tested,
  }
}

/** Units of metrics, for sentences about rules. */
export async function readUnits(
  telemetry: Pick<TelemetryReader, 'listMetrics'>,
  projectId: string,
): Promise<(metric: string) => string | null> {
  const metrics = [...(await telemetry.listMetrics(projectId)), ...OWN_METRICS]
  const units = new Map(metrics.map(({ name, unit }) => [name, unit]))
  return (metric) => units.get(metric) ?? null
}

/** What of a draft decides what else can be chosen. */
export interface ChosenFields {
  kind: string
  metric: string
  aggregate: string
  perMetric: string
  perAggregate: string
  whereName1: string
  whereName2: string
  perWhereName: string
}

/** What can be chosen for what is chosen already. */
export interface EditorChoices {
  aggregates: readonly Aggregate[]
  perAggregates: readonly Aggregate[]
  /** Those of the draft, or the first that the metrics have. */
  aggregate: Aggregate
  perAggregate: Aggregate
  attributes: readonly string[]
  perAttributes: readonly string[]
  /** Values of the two conditions. */
  values: readonly (readonly string[])[]
  perValues: readonly string[]
}

export async function readChoices(
  deps: EditorDeps,
  context: EditorContext,
  projectId: string,
  draft: ChosenFields,
): Promise<EditorChoices> {
  const facts = (name: string) => context.metrics.find((metric) => metric.name === name)
  const { metric, perMetric, kind } = draft
  const values = (name: string, attribute: string) => readValues(deps, context, projectId, name, attribute)
  const [first, second, perValues] = await Promise.all([
    values(metric, draft.whereName1),
    values(metric, draft.whereName2),
    values(perMetric, draft.perWhereName),
  ])
  const aggregates = aggregatesFor(facts(metric)?.kind, kind)
  const perAggregates = aggregatesFor(facts(perMetric)?.kind, kind)
  const chosen = (given: string, allowed: readonly Aggregate[]) =>
    allowed.find((one) => one === given) ?? allowed[0] ?? 'avg'
  return {
    aggregates,
    perAggregates,
    aggregate: chosen(draft.aggregate, aggregates),
    perAggregate: chosen(draft.perAggregate, perAggregates),
    attributes: attributesOf(facts(metric)),
    perAttributes: attributesOf(facts(perMetric)),
    values: [first, second],
    perValues,
  }
}

function attributesOf(metric: MetricFacts | undefined): readonly string[] {
  return metric === undefined
    ? []
    : [...metric.attributeNames, ...(VIRTUAL_METRICS.has(metric.name) ? [] : ['environment'])]
}

/** Of a counter only what adds up says anything; everything can be counted. */
function aggregatesFor(kind: MetricFacts['kind'] | undefined, asked: string): readonly Aggregate[] {
  const all = aggregatesOf(kind ?? 'gauge')
  const counted: readonly Aggregate[] = all.includes('count') ? all : [...all, 'count']
  return asked === 'ratio' && kind !== 'gauge'
    ? [...counted].sort((one, other) => rankInRatio(one) - rankInRatio(other))
    : counted
}

function rankInRatio(aggregate: Aggregate): number {
  return aggregate === 'sum' ? 0 : aggregate === 'count' ? 1 : 2
}

/** Monitors for a back-test, which finds out itself how they were. */
export function toMonitorFacts(monitors: readonly SloMonitor[]): MonitorFacts[] {
  return monitors.map(({ key, name, tags }) => ({
    key,
    name,
    tags,
    state: 'unknown',
    failedInARow: 0,
    lastProbedAt: null,
    certificateExpiresAt: null,
  }))
}
