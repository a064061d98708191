import type { Level } from '../rule/condition.ts'
import type { RuleInputs } from '../rule/rule-inputs.ts'
import type { Instant } from '../time/instant.ts'
import { type CourseLine, createCourse } from './back-test-course.ts'
import { createFirings, type Firing } from './back-test-firings.ts'
import { type RuleRun, stepRule, type TestedRule } from './back-test-step.ts'
import { type AlertState, firingLevelOf } from './life-cycle.ts'

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
  inputsAt: (at: Instant) => Pick<RuleInputs, 'answerOf' | 'monitors' | 'slos' | 'unitOf'>
  /** Width of a point of the course. */
  pointMs: number
}

export interface BackTestRun {
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
export function runBackTest({ rules, phases, inputsAt, pointMs }: BackTestRequest): BackTestRun {
  const runs = rules.map((rule): RuleRun => ({ rule, states: new Map(), groups: new Map(), memories: new Map() }))
  const memory = memoryOf(runs)
  const subject = runs.at(-1)
  if (subject === undefined) throw new Error('a back-test needs a rule')
  const isHigherWorse = isHigherWorseOf(subject.rule)
  const firings = createFirings(isHigherWorse)
  const course = createCourse(pointMs, isHigherWorse)
  let evaluations = 0
  let failedCount = 0
  let failedReason = ''
  for (const { from, until, stepMs } of phases) {
    for (let at = from + stepMs; at <= until; at += stepMs) {
      const inputs: RuleInputs = { ...inputsAt(at), ...memory }
      for (const run of runs) {
        const step = stepRule(run, at, stepMs, inputs)
        if (run !== subject) continue
        evaluations += 1
        if (step.failed !== null) {
          failedCount += 1
          failedReason ||= step.failed
        }
        course.add(at, step.outcomes)
        firings.add(at, step)
      }
    }
  }
  const failed = failedCount === 0 ? null : { count: failedCount, reason: failedReason }
  return { firings: firings.finish(), course: course.finish(), evaluations, failed }
}

/** What rules know of themselves and of each other between evaluations. */
function memoryOf(
  runs: readonly RuleRun[],
): Pick<RuleInputs, 'activeLevelOf' | 'firingGroupsOf' | 'knownGroupsOf' | 'memoryOf'> {
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
    memoryOf: (ruleKey, groupKey) => byKey.get(ruleKey)?.memories.get(groupKey) ?? null,
  }
}

/** The worst level that is at least pending. */
function activeLevelOf(state: AlertState | undefined): Level | null {
  if (state === undefined) return null
  if (state.critical.status !== 'inactive') return 'critical'
  return state.warning.status === 'inactive' ? null : 'warning'
}

/** In which direction values of a rule get worse. */
export function isHigherWorseOf({ condition }: Pick<TestedRule, 'condition'>): boolean {
  if (condition.kind === 'expiry') return false
  if (condition.kind === 'anomaly') return condition.direction !== 'down'
  if (condition.kind !== 'threshold' && condition.kind !== 'baseline') return true
  return condition.operator === 'above' || condition.operator === 'at_least'
}
