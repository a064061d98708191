import type { Level } from '../rule/condition.ts'
import type { GroupOutcome } from '../rule/outcome.ts'
import type { RuleInputs } from '../rule/rule-inputs.ts'
import type { Instant } from '../time/instant.ts'
import { type CourseLine, createCourse } from './back-test-course.ts'
import { createFirings, type Firing } from './back-test-firings.ts'
import { isNews, policyAt, type RuleRun, type RuleStep, stepRule, type TestedRule } from './back-test-step.ts'
import { type AlertState, type Evolution, firingLevelOf } from './life-cycle.ts'

/** A stretch of which figures are known at one step: minutes, or before them hours. Both ends are whole steps. */
export interface BackTestPhase {
  from: Instant
  until: Instant
  stepMs: number
}

export interface BackTestRequest {
  /** The one in question last; before it those that it refers to, in the order in which they depend on each other. */
  rules: readonly TestedRule[]
  /** In order of time, without a gap. */
  phases: readonly BackTestPhase[]
  inputs: Pick<RuleInputs, 'answerOf' | 'slos' | 'unitOf'>
  monitorsAt: (at: Instant) => RuleInputs['monitors']
  /** Width of a point of the course. */
  pointMs: number
}

/** A group at a minute in which something happened to it. */
export interface BackTestNews {
  at: Instant
  group: readonly string[]
  groupKey: string
  evolution: Evolution
  /** What was found; null of a group that was not in the result any more. */
  outcome: GroupOutcome | null
}

export interface BackTestRun {
  /** In order of time; as a live evaluation would have written them down. */
  news: readonly BackTestNews[]
  /** In the order in which they fired. */
  firings: readonly Firing[]
  /** The worst value of each point, for the groups that were furthest beyond. */
  course: readonly CourseLine[]
  evaluations: number
  /** Evaluations that could not be judged, with why the first of them could not. */
  failed: { count: number; reason: string } | null
}

/**
 * What a rule would have done over stored figures: the evaluator and the life cycle that run live, asked for every minute in turn. What was
 * deployed, silenced or acknowledged meanwhile plays no part.
 */
export function runBackTest({ rules, phases, inputs: given, monitorsAt, pointMs }: BackTestRequest): BackTestRun {
  const runs = rules.map((rule): RuleRun => ({ rule, states: new Map(), groups: new Map(), memories: new Map() }))
  const subject = runs.at(-1)
  if (subject === undefined) throw new Error('a back-test needs a rule')
  const inputs: RuleInputs = { ...given, ...memoryOf(runs), monitors: [] }
  const wordless: RuleInputs = { ...inputs, isWordless: true }
  const isHigherWorse = isHigherWorseOf(subject.rule)
  const firings = createFirings(isHigherWorse)
  const course = createCourse(pointMs, { isHigherWorse, isLearning: isLearning(subject.rule) })
  const news: BackTestNews[] = []
  const counted = { evaluations: 0, failed: 0, reason: '' }
  for (const { from, until, stepMs } of phases) {
    const policies = runs.map(({ rule }) => policyAt(rule, stepMs))
    for (let at = from + stepMs; at <= until; at += stepMs) {
      inputs.monitors = monitorsAt(at)
      wordless.monitors = inputs.monitors
      for (const [index, run] of runs.entries()) {
        const step = stepRule(run, at, policies[index] ?? policyAt(run.rule, stepMs), { inputs, wordless })
        if (run !== subject) continue
        count(counted, step)
        for (const one of step.evolutions) if (isNews(one)) news.push({ at, ...one })
        course.add(at, step.outcomes)
        firings.add(at, step)
      }
    }
  }
  const failed = counted.failed === 0 ? null : { count: counted.failed, reason: counted.reason }
  return { news, firings: firings.finish(), course: course.finish(), evaluations: counted.evaluations, failed }
}

function count(counted: { evaluations: number; failed: number; reason: string }, { failed }: RuleStep): void {
  counted.evaluations += 1
  if (failed === null) return
  counted.failed += 1
  counted.reason ||= failed
}

/** What rules know of themselves and of each other between evaluations. */
function memoryOf(
  runs: readonly RuleRun[],
): Pick<RuleInputs, 'activeLevelOf' | 'firingGroupsOf' | 'knownGroupsOf' | 'lastSampleAtOf' | 'memoryOf'> {
  const byKey = new Map(runs.map((run) => [run.rule.key, run]))
  return {
    activeLevelOf: (ruleKey, groupKey) => activeLevelOf(byKey.get(ruleKey)?.states.get(groupKey)),
    firingGroupsOf(ruleKey) {
      const run = byKey.get(ruleKey)
      if (run === undefined) return []
      return [...run.states].flatMap(([groupKey, state]) => {
        const level = firingLevelOf(state)
        return level === null ? [] : [{ group: run.groups.get(groupKey) ?? [], level }]
      })
    },
    knownGroupsOf: (ruleKey) => [...(byKey.get(ruleKey)?.groups.values() ?? [])],
    lastSampleAtOf: (ruleKey, groupKey) => byKey.get(ruleKey)?.states.get(groupKey)?.noDataSince ?? null,
    memoryOf: (ruleKey, groupKey) => byKey.get(ruleKey)?.memories.get(groupKey) ?? null,
  }
}

/** The worst level that is at least pending. */
function activeLevelOf(state: AlertState | undefined): Level | null {
  if (state === undefined) return null
  if (state.critical.status !== 'inactive') return 'critical'
  return state.warning.status === 'inactive' ? null : 'warning'
}

/** What is unusual is known after some days only; until then there are values without a limit. A ratio may have neither. */
function isLearning({ condition }: Pick<TestedRule, 'condition'>): boolean {
  return condition.kind === 'anomaly' && condition.source.per === undefined
}

/** In which direction values of a rule get worse. */
export function isHigherWorseOf({ condition }: Pick<TestedRule, 'condition'>): boolean {
  if (condition.kind === 'expiry' || condition.kind === 'absence') return false
  if (condition.kind === 'anomaly') return condition.direction !== 'down'
  if (condition.kind !== 'threshold' && condition.kind !== 'baseline') return true
  return condition.operator === 'above' || condition.operator === 'at_least'
}
