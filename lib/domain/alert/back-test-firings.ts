import type { Level } from '../rule/condition.ts'
import { groupKeyOf } from '../rule/outcome.ts'
import type { Instant } from '../time/instant.ts'
import type { RuleStep } from './back-test-step.ts'
import type { AlertTransition } from './life-cycle.ts'

/** One alert that would have been. */
export interface Firing {
  group: readonly string[]
  /** Since when the condition held. */
  startedAt: Instant
  firedAt: Instant
  /** Null when it still fired at the end. */
  resolvedAt: Instant | null
  /** The worst that it came to. */
  level: Level
  /** Furthest beyond the limit; null where nothing could be judged, as in an alert about missing data. */
  peak: number | null
  /** Each time that it was worse than before: its beginning, and a warning that became critical. */
  raises: readonly { at: Instant; level: Level }[]
  reason: string
}

type OpenFiring = Omit<Firing, 'raises'> & { raises: { at: Instant; level: Level }[] }

/** Folds transitions into alerts with a beginning and an end. */
export function createFirings(isHigherWorse: boolean) {
  const open = new Map<string, OpenFiring>()
  const all: OpenFiring[] = []

  function raise(firing: OpenFiring, level: Level, at: Instant): void {
    const isWorse = firing.raises.length === 0 || (level === 'critical' && firing.level === 'warning')
    if (!isWorse) return
    firing.level = level
    firing.raises.push({ at, level })
  }

  function follow(group: readonly string[], groupKey: string, transition: AlertTransition, at: Instant): void {
    const firing = open.get(groupKey)
    if (transition.op === 'fire' && firing === undefined) {
      const { startedAt, level, reason } = transition
      const begun = { group, startedAt, firedAt: at, resolvedAt: null, level, peak: null, raises: [], reason }
      raise(begun, level, at)
      open.set(groupKey, begun)
      all.push(begun)
    }
    if (transition.op === 'change_level' && firing !== undefined) raise(firing, transition.to, at)
    if (transition.op === 'resolve' && firing !== undefined) {
      firing.resolvedAt = transition.at
      open.delete(groupKey)
    }
  }

  return {
    add(at: Instant, { evolutions, outcomes }: RuleStep): void {
      for (const { group, groupKey, evolution } of evolutions)
        for (const transition of evolution.transitions) follow(group, groupKey, transition, at)
      if (open.size === 0) return
      for (const outcome of outcomes) {
        if (outcome.kind !== 'judged' || outcome.level === null) continue
        const firing = open.get(groupKeyOf(outcome.group))
        if (firing !== undefined) firing.peak = worse(firing.peak, outcome.value, isHigherWorse)
      }
    },
    finish: (): readonly Firing[] => all,
  }
}

/** The one of two values that is further beyond. */
export function worse(one: number | null, other: number, isHigherWorse: boolean): number {
  if (one === null) return other
  return isHigherWorse ? Math.max(one, other) : Math.min(one, other)
}
