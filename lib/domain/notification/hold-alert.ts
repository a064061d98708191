import { nameIncident, type OpenIncident, type WatchedMonitor } from '../incident/open-incident.ts'
import type { Mute } from '../mute/decide-mute.ts'
import { type Labels, matcherOf } from '../mute/matcher.ts'
import { labelsOfRule } from '../mute/rule-labels.ts'
import type { Level } from '../rule/condition.ts'
import { lookBackOf } from '../rule/look-back.ts'
import { monitorOf } from '../rule/monitor-of.ts'
import type { AlertRule } from '../rule/rule.ts'
import { formatBriefIn } from '../time/format-zoned.ts'
import { HOUR, type Instant } from '../time/instant.ts'
import { type Inhibition, type InhibitRule, inhibitorOf } from './inhibit.ts'

/** What began only after the monitor had recovered is held for so long at most: it may well be news, however far the rule looks back. */
const HELD_ANEW_MS = HOUR

/** A monitor that is down says more than any warning about the same monitor. */
const DOWN_INHIBITS_WARNINGS: InhibitRule = {
  source: [matcherOf('alert', 'down')],
  target: [matcherOf('alert', 'warning')],
  equal: ['monitor'],
}

export interface HeldSubject {
  rule: Pick<AlertRule, 'key' | 'labels' | 'severity' | 'condition' | 'groupBy' | 'forMs' | 'keepFiringForMs'>
  group: readonly string[]
  level: Level
  /** When the alert began to fire. */
  startedAt: Instant
}

export interface HoldFacts {
  watchedMonitors: ReadonlyMap<string, WatchedMonitor>
  openIncidents: readonly OpenIncident[]
  timeZone: string
  /** Whether an alert of the rule with these labels is inhibited by one of the rules that it names. */
  inhibitionOf: (labels: Labels) => Inhibition
}

/**
 * Whether an alert is not told because something else that fires says more: a rule that its own rule names, or the monitor that it is about.
 */
export function holdAlert(subject: HeldSubject, facts: HoldFacts, now: Instant): Mute {
  const { rule, group, level } = subject
  const byRule = toMute(facts.inhibitionOf(labelsOfRule(rule, group, level)))
  return byRule.muted ? byRule : holdByMonitor(subject, facts, now)
}

/**
 * While a monitor is down, warnings about it are inhibited. Once it is well again its incident is over, and a rule that looks back on the
 * outage would tell of what is over: it is told only if it still fires when nothing of the outage is in its sight any more.
 */
function holdByMonitor({ rule, group, level, startedAt }: HeldSubject, facts: HoldFacts, now: Instant): Mute {
  const key = monitorOf(rule, group)
  const monitor = key === null ? undefined : facts.watchedMonitors.get(key)
  if (monitor === undefined) return { muted: false }
  if (monitor.isDown) return inhibitByMonitor({ monitor: monitor.key, alert: level }, facts)
  const { recoveredAt, name } = monitor
  if (recoveredAt === null) return { muted: false }
  const lookBackMs = lookBackOf(rule)
  const until = recoveredAt + (startedAt <= recoveredAt ? lookBackMs : Math.min(lookBackMs, HELD_ANEW_MS))
  if (now >= until) return { muted: false }
  const since = formatBriefIn(facts.timeZone, recoveredAt, now, 'en')
  const end = formatBriefIn(facts.timeZone, until, now, 'en')
  return {
    muted: true,
    code: 'recovered',
    until,
    reason: `not told: ${name} answers again since ${since}, and the rule looks back on the outage until ${end}`,
  }
}

function inhibitByMonitor(labels: Labels, { watchedMonitors, openIncidents }: HoldFacts): Mute {
  const firing = [...watchedMonitors.values()].flatMap(({ key, name, isDown }) => {
    const incident = openIncidents.find(({ monitorKeys }) => monitorKeys.includes(key))
    const shown = incident === undefined ? `${name} is down` : nameIncident(incident)
    return isDown ? [{ id: key, name: shown, labels: { alert: 'down', monitor: key } }] : []
  })
  return toMute(inhibitorOf([DOWN_INHIBITS_WARNINGS], firing)(labels))
}

function toMute(found: Inhibition): Mute {
  return found.inhibited ? { muted: true, code: 'inhibited', until: null, reason: found.reason } : { muted: false }
}
