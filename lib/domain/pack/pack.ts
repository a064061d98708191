import type { Severity } from '../monitor/severity.ts'
import type { RuleCondition } from '../rule/condition.ts'
import type { NoData } from '../rule/rule.ts'
import type { Locale } from '../time/locale.ts'

/** The guides that packs are made of. */
export const GUIDES = ['go_live', 'hypercare', 'alerts_template', 'drop_craft', 'token4good'] as const
export type Guide = (typeof GUIDES)[number]

/** Kinds of channel that a guide names for one row in so many words; otherwise the routing by severity applies. */
export type PackChannel = 'email' | 'slack' | 'sms'

/** A sentence in each language. */
export type Words = Readonly<Record<Locale, string>>

/** One way to ask what a row asks: which metrics there are differs between projects. */
export interface PackOption {
  condition: RuleCondition
  groupBy: readonly string[]
}

/** One row of a guide as a rule. */
export interface PackRow {
  /** Stable within the pack; the rule's key is made of it. */
  id: string
  /** Where it stands, word for word. */
  source: { guide: Guide; words: string }
  name: Words
  /** What to send, or to change, so that it fits; null when there is nothing to say. */
  note: Words | null
  /** The first whose metrics the project has becomes the rule. */
  options: readonly [PackOption, ...PackOption[]]
  /** Limits are shares of the project's monthly token budget: without a budget there is no such rule. */
  ofTokenBudget: boolean
  forMs: number
  keepFiringForMs: number
  noData: NoData
  severity: Readonly<Record<'warning' | 'critical', Severity>>
  throttleMs: number
  runbook: string | null
  /** Null leaves it to the routing. */
  channels: readonly PackChannel[] | null
  /** The version of the pack that it came with: an upgrade adds newer rows, and brings none back that somebody deleted. */
  since: number
}

/** Rules that are installed together. `version` grows with each change of its rows. */
export interface Pack {
  key: string
  version: number
  name: Words
  lead: Words
  rows: readonly PackRow[]
}

/** Name of the rule that a row becomes. */
export function ruleKeyOf(pack: Pick<Pack, 'key'>, row: Pick<PackRow, 'id'>): string {
  return `${pack.key}-${row.id}`
}
