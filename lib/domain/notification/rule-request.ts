import type { Flapping } from '../alert/flapping.ts'
import type { Severity } from '../monitor/severity.ts'
import type { Level } from '../rule/condition.ts'
import { type GroupOutcome, groupOf } from '../rule/outcome.ts'
import type { AlertRule } from '../rule/rule.ts'
import type { UnitOf } from '../rule/words.ts'
import { type Instant, toIso } from '../time/instant.ts'
import type { FiringAlert } from './inhibit.ts'
import type { MutableChange } from './mute-rule.ts'
import { figureOf } from './rule-figure.ts'
import { nameGroup, type RuleMessage, type RulePatch } from './rule-message.ts'
import type { AlertPoints, IncidentContext, OpenAlert, RuleContext } from './rule-settlement.ts'
import type { SettleEnvironment } from './settle.ts'

/** A group of a rule whose alert begins, changes its level, ends, or settles down after flapping. */
export interface RuleChange {
  group: readonly string[]
  /** Levels at which it fired before and fires now. */
  from: Level | null
  to: Level | null
  flapping: Flapping
  reason: string
  /** Since when what fires now holds. */
  startedAt: Instant
  outcome: GroupOutcome | null
  open: OpenAlert | null
  points: AlertPoints | null
}

export interface RuleSubject {
  rule: AlertRule
  /** All of its alerts that fire, before these changes. */
  open: readonly OpenAlert[]
  /** What the evaluation found, by group key. */
  outcomes: ReadonlyMap<string, GroupOutcome>
  unitOf: UnitOf
  /** Alerts of rules that keep this one quiet, as they fire at this evaluation. */
  inhibitors: readonly FiringAlert[]
}

/** Everything that a decision about a rule rests on. */
export interface RuleFacts extends RuleSubject {
  changes: readonly MutableChange[]
  context: IncidentContext
  environment: SettleEnvironment
}

/** Whether somebody is told, and why or why not. */
export interface Told {
  told: boolean
  toldReason: string
}

/** What all messages about a rule share. */
export function requestOf(
  change: Pick<RuleChange, 'group' | 'outcome' | 'startedAt'>,
  level: Level,
  { rule, open, changes, unitOf, context, environment }: Omit<RuleFacts, 'context'> & { context: RuleContext },
) {
  const { baseUrl, newId } = environment
  const groups = [
    ...changes.flatMap(({ to, group }) => (to === null ? [] : [nameGroup(group)])),
    ...open.flatMap(({ groupKey }) =>
      changes.some((one) => one.open?.groupKey === groupKey) ? [] : [nameKey(groupKey)],
    ),
  ]
  const name = nameGroup(change.group)
  const message: RuleMessage = {
    key: rule.key,
    name: rule.name,
    startedAt: toIso(change.startedAt),
    level,
    group: name,
    otherGroups: groups.filter((group) => group !== name && group !== ''),
    ...figureOf(change.outcome, rule.condition, unitOf),
    pageUrl: `${baseUrl}/${context.project.slug}/rules/${rule.key}`,
    runbook: rule.runbook,
  }
  const severity: Severity = rule.severity[level]
  return {
    monitor: null,
    rule: { message, severity },
    context: { ...context, notifyChannelIds: [...rule.notifyChannelIds] },
    state: level === 'critical' ? ('down' as const) : ('degraded' as const),
    evidence: [],
    mass: null,
    baseUrl,
    newId,
  }
}

function nameKey(groupKey: string): string {
  return nameGroup(groupOf(groupKey))
}

/** How a group stands now, for whoever was told how it began. */
export function patchOf({ to, outcome }: RuleChange, { rule, unitOf }: RuleFacts): RulePatch {
  const { value, noDataSince } = figureOf(outcome, rule.condition, unitOf)
  return { level: to, value, noDataSince }
}
