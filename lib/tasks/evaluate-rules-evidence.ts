import { scaleOf } from '../domain/notification/rule-figure.ts'
import type { RuleChange } from '../domain/notification/rule-request.ts'
import type { AlertPoints } from '../domain/notification/rule-settlement.ts'
import { evaluateRule } from '../domain/rule/evaluate.ts'
import { groupKeyOf } from '../domain/rule/outcome.ts'
import { spansOf } from '../domain/rule/spans.ts'
import { type Instant, MINUTE } from '../domain/time/instant.ts'
import type { Log } from '../ports/log.ts'
import type { RuleClaim, RuleStore } from '../ports/rule-store.ts'
import type { ChangedRule } from './evaluate-rules-project.ts'
import { type Answers, answerKeyOf } from './evaluate-rules-read.ts'

/** So many minutes up to the one that decided. */
const MINUTES = 30
/** When more rules than this begin to fire at once, the first ones speak for all: a storm must not cost what it warns of. */
const RULES = 20
/** Kinds whose value has a course. */
const DRAWN = ['threshold', 'baseline', 'burn_rate']

interface ChangedIn extends ChangedRule {
  project: { claim: RuleClaim }
}

interface EvidenceDeps {
  rules: Pick<RuleStore, 'readFigures'>
  log: Pick<Log, 'error'>
}

/**
 * What rules that begin to fire have seen in the half hour before, by the same evaluation minute by minute; one read for all of them. An alert
 * without its evidence is better than none: when it cannot be read, there is none.
 */
export async function addEvidence(deps: EvidenceDeps, changed: readonly ChangedIn[]): Promise<readonly ChangedIn[]> {
  const drawn = new Set(changed.filter(isDrawn).slice(0, RULES))
  if (drawn.size === 0) return changed
  try {
    const courses = await readCourses(deps, [...drawn])
    return changed.map((one) => {
      const courseOf = courses.get(one.rule.id)
      if (courseOf === undefined) return one
      return { ...one, changes: one.changes.map((change) => ({ ...change, points: pointsOf(one, change, courseOf) })) }
    })
  } catch (error) {
    deps.log.error('rules.no_evidence', { error: String(error) })
    return changed
  }
}

function isDrawn({ rule, changes }: ChangedIn): boolean {
  return DRAWN.includes(rule.condition.kind) && changes.some(({ to, from }) => to !== null && to !== from)
}

/** Values by minute and group. */
type Course = ReadonlyMap<Instant, ReadonlyMap<string, number>>

async function readCourses(deps: EvidenceDeps, changed: readonly ChangedIn[]): Promise<Map<string, Course>> {
  const requests = changed.flatMap(({ rule, project: { claim } }) =>
    minutesUpTo(claim.at).flatMap((at) =>
      spansOf(rule, at, claim.slos).map((span) => ({ projectId: claim.projectId, span })),
    ),
  )
  const found = await deps.rules.readFigures(requests)
  const answers = new Map(
    requests.map(({ projectId, span }, index) => [answerKeyOf(projectId, span), found[index] ?? []] as const),
  )
  return new Map(changed.map((one) => [one.rule.id, courseOf(one, answers)]))
}

function courseOf({ rule, project: { claim } }: ChangedIn, answers: Answers): Course {
  return new Map(
    minutesUpTo(claim.at).map((at) => {
      const outcome = evaluateRule(rule, at, {
        answerOf: (span) => answers.get(answerKeyOf(claim.projectId, span)) ?? [],
        monitors: claim.monitors,
        activeLevelOf: () => null,
        firingGroupsOf: () => [],
        knownGroupsOf: () => [],
        slos: claim.slos,
      })
      const groups = outcome.kind === 'evaluated' ? outcome.groups : []
      return [
        at,
        new Map(
          groups.flatMap((one) =>
            one.kind === 'judged' && one.limit !== null ? [[groupKeyOf(one.group), one.value]] : [],
          ),
        ),
      ]
    }),
  )
}

function pointsOf({ rule, unitOf }: ChangedIn, { group, outcome }: RuleChange, course: Course): AlertPoints | null {
  const shown = scaleOf(rule.condition, unitOf)
  if (shown === null) return null
  const { unit, scale } = shown
  const limit = outcome?.kind === 'judged' && outcome.limit !== null ? outcome.limit * scale : null
  const points = [...course].map(([at, values]) => {
    const value = values.get(groupKeyOf(group))
    return [at, value === undefined ? null : value * scale] as const
  })
  return { unit, limit, points }
}

function minutesUpTo(at: Instant): Instant[] {
  return Array.from({ length: MINUTES }, (_, index) => at - (MINUTES - 1 - index) * MINUTE)
}
