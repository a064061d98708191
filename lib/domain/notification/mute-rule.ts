import type { Mute } from '../mute/decide-mute.ts'
import type { Level } from '../rule/condition.ts'
import { groupKeyOf, groupOf } from '../rule/outcome.ts'
import type { Instant } from '../time/instant.ts'
import { holdAlert } from './hold-alert.ts'
import { inhibitorOf } from './inhibit.ts'
import { inhibitRulesOf } from './inhibit-rule.ts'
import { muteOfRule } from './mute-subject.ts'
import type { RuleChange, RuleSubject } from './rule-request.ts'
import type { IncidentContext, OpenAlert } from './rule-settlement.ts'

/** A change with what keeps it quiet; `from` is what somebody was told, so that what was kept quiet begins when it is told. */
export interface MutableChange extends RuleChange {
  mute: Mute
}

const TOLD: Mute = { muted: false }

/**
 * The changes as they are told: what is muted now, and besides them alerts that were kept quiet, still fire and are muted no more. An incident
 * that is open takes in what turns critical, muted or not.
 */
export function muteChanges(
  subject: RuleSubject,
  changes: readonly RuleChange[],
  context: IncidentContext,
  now: Instant,
): MutableChange[] {
  const { rule, open, inhibitors } = subject
  const isOpen = context.lastIncident !== null && context.lastIncident.status !== 'resolved'
  const inhibitionOf = inhibitorOf(inhibitRulesOf(rule), inhibitors)
  const holdFacts = { ...context, timeZone: context.project.timeZone, inhibitionOf }
  const muteOf = (group: readonly string[], level: Level, startedAt: Instant): Mute => {
    const held = holdAlert({ rule, group, level, startedAt }, holdFacts, now)
    if (held.muted) return held
    return level === 'critical' && isOpen ? TOLD : muteOfRule(rule, group, level, context, now)
  }
  const own = changes.map((change): MutableChange => {
    const from = change.open?.mutedReason == null ? change.from : null
    const isBeginning = change.to !== null && change.to !== from && from !== 'critical'
    const mute =
      isBeginning && change.to !== null
        ? muteOf(change.group, change.to, change.open?.startedAt ?? change.startedAt)
        : TOLD
    return { ...change, from, mute }
  })
  const known = new Set(changes.map(({ group }) => groupKeyOf(group)))
  const late = open.flatMap((alert): MutableChange[] => {
    if (alert.mutedReason === null || known.has(alert.groupKey)) return []
    const change = lateChange(alert, subject)
    return muteOf(change.group, alert.level, alert.startedAt).muted ? [] : [{ ...change, mute: TOLD }]
  })
  return [...own, ...late]
}

/** What was kept quiet is told as if it began now, but dated from its beginning, with the reason why it comes late. */
function lateChange(alert: OpenAlert, { outcomes }: RuleSubject): RuleChange {
  const outcome = outcomes.get(alert.groupKey) ?? null
  return {
    group: groupOf(alert.groupKey),
    from: null,
    to: alert.level,
    flapping: 'none',
    reason: `${outcome?.reason ?? 'still fires'} (it was ${alert.mutedReason?.replace(/^not told/, 'kept quiet')})`,
    startedAt: alert.startedAt,
    outcome,
    open: alert,
    points: null,
  }
}
