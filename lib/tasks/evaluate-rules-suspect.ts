import type { RuleContext } from '../domain/notification/rule-settlement.ts'
import { type Comparison, comparisonOf, spansOfComparison, suspectOfRule } from '../domain/notification/suspect-rule.ts'
import type { Log } from '../ports/log.ts'
import type { RuleClaim, RuleStore } from '../ports/rule-store.ts'
import type { ChangedRule } from './evaluate-rules-project.ts'
import { answerKeyOf } from './evaluate-rules-read.ts'

/** When more rules than this begin to fire at once, the first ones speak for all. */
const RULES = 20

interface SuspectDeps {
  rules: Pick<RuleStore, 'readFigures'>
  log: Pick<Log, 'error'>
}

/**
 * By rule, what speaks against the deployment that went live just before it fired; one read for all of them. An incident without a suspect is
 * better than none: when it cannot be read, there is none.
 */
export async function findSuspects(
  deps: SuspectDeps,
  changed: readonly (ChangedRule & { project: { claim: RuleClaim } })[],
  contexts: ReadonlyMap<string, RuleContext>,
): Promise<ReadonlyMap<string, string>> {
  const found = changed.flatMap(({ rule, changes, open, unitOf, project: { claim } }) => {
    const context = contexts.get(rule.id)
    const comparison = context === undefined ? null : comparisonOf(rule, changes, open, context, claim.at)
    return comparison === null ? [] : [{ ruleId: rule.id, comparison, unitOf, projectId: claim.projectId }]
  })
  const compared = found.slice(0, RULES)
  if (compared.length === 0) return new Map()
  try {
    const answers = await readSides(deps, compared)
    return new Map(
      compared.flatMap(({ ruleId, comparison, unitOf, projectId }): [string, string][] => {
        const answerOf = (span: Parameters<typeof answerKeyOf>[1]) => answers.get(answerKeyOf(projectId, span)) ?? []
        const suspect = suspectOfRule(comparison, answerOf, unitOf)
        return suspect === null ? [] : [[ruleId, suspect]]
      }),
    )
  } catch (error) {
    deps.log.error('rules.no_suspects', { error: String(error) })
    return new Map()
  }
}

async function readSides({ rules }: SuspectDeps, compared: readonly { projectId: string; comparison: Comparison }[]) {
  const requests = compared.flatMap(({ projectId, comparison }) =>
    spansOfComparison(comparison).map((span) => ({ projectId, span })),
  )
  const answers = await rules.readFigures(requests)
  return new Map(requests.map(({ projectId, span }, index) => [answerKeyOf(projectId, span), answers[index] ?? []]))
}
