import { decideMute, type Mute } from '../mute/decide-mute.ts'
import { labelsOfRule } from '../mute/rule-labels.ts'
import type { Level } from '../rule/condition.ts'
import type { AlertRule } from '../rule/rule.ts'
import { type Instant, MINUTE } from '../time/instant.ts'
import type { RuleContext } from './rule-settlement.ts'

/** Windows are longer than that, too, but nobody wants to hear of an outage so much later than it could be told. */
const SETTLES_MS = 10 * MINUTE
/** What makes figures bad while it lasts. The others are somebody's wish, which ends when it ends. */
const SPOILS_FIGURES: readonly string[] = ['maintenance', 'deploying']

/**
 * Whether an alert of a rule is kept quiet now. A window that still holds minutes of a maintenance or of a deployment is judged by them: what
 * ended with those must not be told for the figures that they left behind.
 */
export function muteOfRule(
  rule: AlertRule,
  group: readonly string[],
  level: Level,
  { mutes, monitorMutes }: Pick<RuleContext, 'mutes' | 'monitorMutes'>,
  now: Instant,
): Mute {
  const own = labelsOfRule(rule, group, level)
  const monitorKey = typeof own.monitor === 'string' ? own.monitor : null
  const monitor = monitorKey === null ? undefined : monitorMutes.get(monitorKey)
  const labels = { ...own, tag: [...[own.tag ?? []].flat(), ...(monitor?.tags ?? [])] }
  const facts = { ...mutes, downDependencies: monitor?.downDependencies ?? [] }
  const mute = decideMute({ labels, monitorKey, at: now }, facts)
  if (mute.muted) return mute
  const spoilt = minutesSeen(rule, now)
    .map((at) => decideMute({ labels, monitorKey, at }, { ...facts, silences: [], downDependencies: [] }))
    .find((one) => one.muted && SPOILS_FIGURES.includes(one.code))
  return spoilt ?? mute
}

/** The minutes that a rule looked at last, the newest first. */
function minutesSeen({ condition }: AlertRule, now: Instant): Instant[] {
  const windowMs = 'windowMs' in condition ? Math.min(condition.windowMs, SETTLES_MS) : 0
  const until = Math.floor(now / MINUTE) * MINUTE
  return Array.from({ length: Math.ceil(windowMs / MINUTE) }, (_, index) => until - (index + 1) * MINUTE)
}
