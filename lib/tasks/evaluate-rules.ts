import type { RuleSettlement } from '../domain/notification/rule-settlement.ts'
import { type Instant, SECOND } from '../domain/time/instant.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import type { RuleClaim, RuleEvaluation, RuleStore } from '../ports/rule-store.ts'
import { type EvaluatedProject, evaluateProject } from './evaluate-rules-project.ts'
import { type Answers, readAnswers, readMissing } from './evaluate-rules-read.ts'
import { settleChanges } from './evaluate-rules-settle.ts'
import { type RollUpTelemetryDeps, rollUpTelemetry } from './roll-up-telemetry.ts'

export interface EvaluateRulesDeps extends RollUpTelemetryDeps {
  rules: RuleStore
  clock: Clock
  random: Random
  log: Log
  baseUrl: string
}

export interface RuleCounts {
  /** Rules whose alerts changed: something may be waiting in the outbox. */
  changed: number
  /** When the next minute of any project is due, in database time; null when none is. */
  nextDueAt: Instant | null
}

/** Projects that are evaluated together: all of their rules cost one read. */
const PROJECTS = 50
/** What came in lately is rolled up first, as much as goes in this time: windows end twenty seconds ago. */
const ROLLUP_MS = 5 * SECOND

/**
 * Evaluates the newest minute of every project that is due. Never rejects: whatever is wrong with a rule must not stop the watching. Safe to
 * run several times at once: each project is leased, and what a late run decided is dropped whole.
 */
export async function evaluateDueRules(deps: EvaluateRulesDeps): Promise<RuleCounts> {
  const counts: RuleCounts = { changed: 0, nextDueAt: null }
  try {
    for (;;) {
      const { claims, nextDueAt } = await deps.rules.claimDue(PROJECTS)
      counts.nextDueAt = nextDueAt
      if (claims.length === 0) return counts
      await rollUpTelemetry(deps, deps.clock.now() + ROLLUP_MS)
      counts.changed += await evaluateClaims(deps, claims)
    }
  } catch (error) {
    deps.log.error('rules.not_evaluated', { error: String(error) })
    return { ...counts, nextDueAt: null }
  }
}

async function evaluateClaims(deps: EvaluateRulesDeps, claims: readonly RuleClaim[]): Promise<number> {
  const { rules, log } = deps
  const answers = await readAnswers(deps, claims)
  const projects = await Promise.all(claims.map((claim) => evaluateOne(deps, claim, answers)))
  const changed = projects.flatMap(({ changed }) => changed)
  const settlements = await settleChanges(deps, projects)
  const evaluations = projects.map((project) => toEvaluation(project, settlements))
  const { recorded, stale } = await rules.record(evaluations)
  log.info('rules.evaluated', {
    projects: recorded,
    stale,
    rules: claims.reduce((sum, claim) => sum + claim.rules.length, 0),
    changed: changed.length,
  })
  return changed.length
}

/** Rules that turned out to look at more than was read (a group that nobody had seen) are given it, and evaluated once more. */
async function evaluateOne(deps: EvaluateRulesDeps, claim: RuleClaim, answers: Answers): Promise<EvaluatedProject> {
  const first = evaluateProject(claim, answers)
  if (first.unread.length === 0) return first
  return evaluateProject(claim, await readMissing(deps, claim, first.unread, answers))
}

function toEvaluation(
  { claim, states, forgotten, failed, mended }: EvaluatedProject,
  settlements: ReadonlyMap<string, readonly RuleSettlement[]>,
): RuleEvaluation {
  return {
    projectId: claim.projectId,
    token: claim.token,
    at: claim.at,
    states,
    forgotten,
    failed,
    mended,
    settlements: [...(settlements.get(claim.projectId) ?? [])],
  }
}
