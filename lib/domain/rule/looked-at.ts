import type { Source, Term } from '../series/panel.ts'
import type { Condition } from '../series/question.ts'
import type { RuleCondition } from './condition.ts'

/** Series of one metric, by what is asked of them and not by what is made of the answer. */
export type LookedAt = Pick<Term, 'metric' | 'where'>

/** The series that a rule looks at; of a share those that are counted. Null for kinds that look at none of their own. */
export function lookedAtBy(condition: RuleCondition): LookedAt | null {
  const source: Source | null = 'source' in condition ? condition.source : null
  return source?.of ?? (condition.kind === 'absence' ? condition.term : null)
}

/** Whether two rules may see the same series: one metric, and no attribute of which they want different values. */
export function mayShareSeries(one: LookedAt, other: LookedAt): boolean {
  if (one.metric !== other.metric) return false
  return Object.entries(one.where ?? {}).every(([name, wanted]) => {
    const also = other.where?.[name]
    return also === undefined || mayBoth(wanted, also)
  })
}

function mayBoth(one: Condition, other: Condition): boolean {
  if (one === null || other === null) return one === other
  return isMetBy(one, textOf(other)) || isMetBy(other, textOf(one))
}

type TextCondition = Exclude<Condition, null>

/** Whether an attribute of this value is what a condition wants. */
export function isMetBy(wanted: TextCondition, text: string): boolean {
  return typeof wanted === 'string' ? text === wanted : text.startsWith(wanted.prefix)
}

function textOf(wanted: TextCondition): string {
  return typeof wanted === 'string' ? wanted : wanted.prefix
}
