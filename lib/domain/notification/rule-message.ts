import type { Level } from '../rule/condition.ts'

/** What a message says of a rule; frozen, as all of a message is. `data.rule` of a webhook body. */
export interface RuleMessage {
  key: string
  name: string
  /** Since when what it asks for holds, RFC 3339. */
  startedAt: string
  /** At which it fires; null once it is over. */
  level: Level | null
  /** Values of the attributes that split the rule, of the group that it began with; empty for a rule that does not split. */
  group: string
  /** Other groups of the rule that fire, at any level. */
  otherGroups: string[]
  /** Names of other rules that turned critical with it and are told in the same message. */
  otherRules?: string[] | undefined
  /** What was found, in `unit`; null where there is no number: no data, or a composition of rules. */
  value: number | null
  /** The limit that was crossed. */
  limit: number | null
  /** UCUM unit, `%`, `×` for a factor, `d` for days, empty for a bare number. */
  unit: string
  /** Set where it fires because nothing comes any more, RFC 3339. */
  noDataSince: string | null
  pageUrl: string
  /** `RB-001`, or an address. */
  runbook: string | null
  /** True for a message that was asked for again because nobody acknowledged. */
  isRepeated?: boolean | undefined
  /** True when it ended because somebody switched the rule off. */
  retired?: boolean | undefined
}

/** What a follow-up changes of the message that it follows. */
export type RulePatch = Partial<Pick<RuleMessage, 'level' | 'value' | 'noDataSince'>>

/** Values of a group as people read them. Empty where there is nothing to name: the rule does not split, or the series lack its attributes. */
export function nameGroup(group: readonly string[]): string {
  return group.filter((value) => value !== '').join(', ')
}
