import { type BackTestRun, runBackTest } from '../domain/alert/back-test.ts'
import type { TestedRule } from '../domain/alert/back-test-step.ts'
import { type BackTestVerdict, judgeBackTest, type Nights } from '../domain/alert/back-test-verdict.ts'
import { createStoredAnswers } from '../domain/alert/stored-answers.ts'
import { pagesOfBackTest } from '../domain/notification/back-test-pages.ts'
import type { Level } from '../domain/rule/condition.ts'
import { evaluationOrder } from '../domain/rule/order.ts'
import type { MonitorFacts } from '../domain/rule/rule-inputs.ts'
import type { Slo } from '../domain/slo/slo.ts'
import { DAY, type Instant, MINUTE } from '../domain/time/instant.ts'
import type { IncidentReader } from '../ports/incident-reader.ts'
import type { RuleReader, StoredMetric } from '../ports/rule-reader.ts'
import { phasesOf, spansPerEvaluation, stepFor } from './back-test-phases.ts'
import { askedMetrics, PROBES, toTerm } from './back-test-questions.ts'
import { replayMonitors } from './replay-monitors.ts'

export const BACK_TEST_DAYS = [1, 7, 30, 90] as const
export type BackTestDays = (typeof BACK_TEST_DAYS)[number]

/** When people sleep, for "at night". */
export const NIGHT = { fromHour: 22, untilHour: 7 } as const
/** Points of a chart: more than a wide screen shows would only be drawn over each other. */
const POINTS = 360
/** Incidents looked at: newest first. */
const INCIDENTS = 200

export interface BackTestDeps {
  rules: Pick<RuleReader, 'readMinutes'>
  incidents: Pick<IncidentReader, 'listIncidents'>
}

/** What is known of the project besides its figures. */
export interface BackTestKnown {
  projectId: string
  timeZone: string
  /** Rules that a composite may name. */
  rules: readonly TestedRule[]
  monitors: readonly MonitorFacts[]
  slos: ReadonlyMap<string, Slo>
}

export interface BackTestView extends BackTestVerdict {
  kind: 'tested'
  run: BackTestRun
  from: Instant
  until: Instant
  /** Later than `from` when there are only hours before it. */
  minutesFrom: Instant
  /** How often it was asked where there are minutes. */
  stepMs: number
  pointMs: number
  pagesAtNight: number
  limits: Partial<Record<Level, number>>
  unitOf: (metric: string) => string | null
  /** Groups that were left out because there are more than can be tested at once. */
  groupsLeftOut: number
}

/** `no_history`: what it is about is only known now (`readExpiries`). `no_data`: nothing is stored of it in that span. */
export type BackTestAnswer = BackTestView | { kind: 'no_history' } | { kind: 'no_data' }

/** What a rule, saved or not, would have done in the last days. Nothing is stored. */
export async function backTest(
  deps: BackTestDeps,
  known: BackTestKnown,
  rule: TestedRule,
  days: BackTestDays,
  now: Instant,
): Promise<BackTestAnswer> {
  const rules = withDependencies(rule, known.rules)
  if (rules.some(({ condition }) => condition.kind === 'expiry')) return { kind: 'no_history' }
  const until = Math.floor(now / MINUTE) * MINUTE
  const asked = askedMetrics(rules, known.slos, until - days * DAY, until)
  const [metrics, incidents] = await Promise.all([
    deps.rules.readMinutes(known.projectId, asked),
    readIncidents(deps, known.projectId),
  ])
  const found = metrics.filter((metric) => metric !== null)
  const phases = phasesOf(found, until - days * DAY, until, stepFor(spansPerEvaluation(rules, until, known.slos)))
  const first = phases[0]
  if (first === undefined) return { kind: 'no_data' }
  const answerOf = createStoredAnswers(asked.map((question, index) => toTerm(question, metrics[index] ?? null)))
  const probes = found.find(({ metric, groupBy }) => metric === PROBES && groupBy[0] === 'monitor')
  const monitorsAt = replayMonitors(known.monitors, probes ?? null)
  const units = new Map(found.map(({ metric, unit }) => [metric, unit]))
  const unitOf = (metric: string) => units.get(metric) ?? null
  const pointMs = Math.max(MINUTE, Math.ceil((until - first.from) / POINTS / MINUTE) * MINUTE)
  const run = runBackTest({
    rules,
    phases,
    inputs: { answerOf, slos: known.slos, unitOf },
    monitorsAt,
    pointMs,
  })
  const nights: Nights = { timeZone: known.timeZone, ...NIGHT }
  const past = incidents.filter(({ startedAt }) => startedAt >= first.from && startedAt < until)
  const verdict = judgeBackTest(run.firings, pagesOfBackTest(rule, run.news, until), until, { nights, incidents: past })
  return {
    kind: 'tested',
    run,
    ...verdict,
    from: first.from,
    until,
    minutesFrom: minutesFromOf(phases, until),
    stepMs: phases.at(-1)?.stepMs ?? MINUTE,
    pointMs,
    pagesAtNight: verdict.pages.filter(({ atNight }) => atNight).length,
    limits: limitsOf(rule),
    unitOf,
    groupsLeftOut: Math.max(0, ...found.map(leftOut)),
  }
}

function minutesFromOf(phases: ReturnType<typeof phasesOf>, until: Instant): Instant {
  return phases.find(({ isOfHours }) => !isOfHours)?.from ?? until
}

function leftOut({ groupsTotal, lines }: StoredMetric): number {
  return groupsTotal - lines.length
}

/** The rule after those that it looks at, directly or not. */
function withDependencies(rule: TestedRule, others: readonly TestedRule[]): TestedRule[] {
  const byKey = new Map(others.map((other) => [other.key, other]))
  const wanted = new Map<string, TestedRule>()
  const add = (key: string) => {
    const other = byKey.get(key)
    if (other === undefined || wanted.has(key) || key === rule.key) return
    wanted.set(key, other)
    if (other.condition.kind === 'composite') for (const next of other.condition.rules) add(next)
  }
  if (rule.condition.kind === 'composite') for (const key of rule.condition.rules) add(key)
  return [...evaluationOrder([...wanted.values()]), rule]
}

async function readIncidents(deps: BackTestDeps, projectId: string) {
  const everywhere = { priority: null, below: null, above: null, limit: INCIDENTS }
  return deps.incidents.listIncidents(projectId, {
    statuses: ['triggered', 'acknowledged', 'resolved'],
    ...everywhere,
  })
}

/** Limits that stay the same over time; what is usual at an hour moves, and stands in the course. */
function limitsOf({ condition }: TestedRule): Partial<Record<Level, number>> {
  switch (condition.kind) {
    case 'threshold':
    case 'baseline': {
      const { warning, critical } = condition
      return {
        ...(warning === null ? {} : { warning: warning.value }),
        ...(critical === null ? {} : { critical: critical.value }),
      }
    }
    case 'consecutive_failures':
      return { [condition.level]: condition.failures }
    case 'absence':
      return { [condition.level]: 1 }
    case 'burn_rate':
      return { [condition.level]: Math.min(...condition.windows.map(({ factor }) => factor)) }
    case 'composite':
      return { [condition.level]: condition.mode === 'all' ? condition.rules.length : 1 }
    default:
      return {}
  }
}
