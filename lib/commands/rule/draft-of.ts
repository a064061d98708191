import type { MonitorSelector } from '../../domain/monitor/selector.ts'
import { writeAmount } from '../../domain/rule/amount.ts'
import type { LevelLimits, RuleCondition } from '../../domain/rule/condition.ts'
import { writeOneLine } from '../../domain/rule/one-line-write.ts'
import type { RuleSpec } from '../../domain/rule/rule.ts'
import { isShare, type UnitOf, unitOfSource } from '../../domain/rule/words.ts'
import type { Source } from '../../domain/series/panel.ts'
import type { Condition } from '../../domain/series/question.ts'
import { writeDuration } from '../../domain/time/duration.ts'
import { FRESH_DRAFT, type RuleDraft } from './rule-draft.ts'
import { writeIncidentBy, writeInhibitedBy } from './together-fields.ts'

type Said = Pick<RuleSpec, 'condition' | 'groupBy' | 'forMs' | 'keepFiringForMs'>

/** The fields of a rule as the editor shows them: as a sentence where one says all of it, else in one line. */
export function draftOf(spec: RuleSpec, unitOf: UnitOf): RuleDraft {
  const { severity, labels } = spec
  return {
    ...conditionDraft(spec, unitOf),
    name: spec.name,
    key: spec.key,
    noData: spec.noData,
    groupLimit: String(spec.groupLimit),
    severityWarning: severity.warning,
    severityCritical: severity.critical,
    channels: spec.notifyChannelIds,
    throttle: writeDuration(spec.throttleMs),
    repeat: writeDuration(spec.repeatMs),
    incidentBy: writeIncidentBy(spec.incidentBy),
    inhibitedBy: writeInhibitedBy(spec.inhibitedBy),
    runbook: spec.runbook ?? '',
    labels: Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(', '),
  }
}

/** Both ways to say a condition, and which of them is to be shown. */
export function conditionDraft(said: Said, unitOf: UnitOf): RuleDraft {
  const sentence = sentenceOf(said, unitOf)
  return {
    ...FRESH_DRAFT,
    ...sentence,
    mode: sentence === null ? 'line' : 'sentence',
    line: writeOneLine(said, unitOf) ?? '',
    forTime: writeDuration(said.forMs),
    keepFiringFor: writeDuration(said.keepFiringForMs),
    groupBy: said.groupBy[0] ?? '',
  }
}

/** The fields that say a condition; null where the sentence has no room for it. */
function sentenceOf({ condition, groupBy, forMs }: Said, unitOf: UnitOf): Partial<RuleDraft> | null {
  if (groupBy.length > 1) return null
  switch (condition.kind) {
    case 'threshold':
      return thresholdFields(condition, unitOf)
    case 'baseline': {
      const of = sourceFields(condition.source)
      if (of === null || condition.source.per !== undefined) return null
      const { weeks, minBaseline } = condition
      const limits = limitFields(condition, '')
      return {
        ...of,
        ...limits,
        ...windowOf(condition),
        kind: 'baseline',
        weeks: `${weeks}`,
        minBaseline: `${minBaseline}`,
      }
    }
    case 'absence': {
      const of = sourceFields({ of: condition.term })
      if (of === null || forMs !== 0) return null
      return { ...of, ...windowOf(condition), kind: 'absence', level: condition.level }
    }
    case 'consecutive_failures': {
      const monitors = selectorText(condition.monitors)
      if (monitors === null || forMs !== 0) return null
      return { kind: 'consecutive_failures', monitors, failures: `${condition.failures}`, level: condition.level }
    }
    case 'expiry': {
      const monitors = selectorText(condition.monitors)
      if (monitors === null || forMs !== 0) return null
      const days = { warningDays: condition.warningDays, criticalDays: condition.criticalDays }
      return {
        kind: 'expiry',
        monitors,
        warningDays: `${days.warningDays ?? ''}`,
        criticalDays: `${days.criticalDays ?? ''}`,
      }
    }
    case 'anomaly': {
      const of = sourceFields(condition.source)
      if (of === null || condition.source.per !== undefined) return null
      const { season, direction, level } = condition
      return {
        ...of,
        ...windowOf(condition),
        kind: 'anomaly',
        season,
        direction,
        level,
        sensitivity: `${condition.sensitivity}`,
        cooldown: writeDuration(condition.cooldownMs),
      }
    }
    case 'burn_rate':
      return burnFields(condition)
    case 'composite': {
      const { mode, rules, level } = condition
      return { kind: 'composite', combine: mode, rules, level }
    }
  }
}

function burnFields(condition: Extract<RuleCondition, { kind: 'burn_rate' }>): Partial<RuleDraft> | null {
  const { slo, windows, minBadEvents, level } = condition
  const [first, second] = windows
  if (first === undefined || windows.length > 2) return null
  return {
    kind: 'burn_rate',
    slo,
    level,
    minBadEvents: `${minBadEvents}`,
    burnFactor1: `${first.factor}`,
    burnLong1: writeDuration(first.longMs),
    burnShort1: writeDuration(first.shortMs),
    burnFactor2: second === undefined ? '' : `${second.factor}`,
    burnLong2: second === undefined ? FRESH_DRAFT.burnLong2 : writeDuration(second.longMs),
    burnShort2: second === undefined ? FRESH_DRAFT.burnShort2 : writeDuration(second.shortMs),
  }
}

function thresholdFields(
  condition: Extract<RuleCondition, { kind: 'threshold' }>,
  unitOf: UnitOf,
): Partial<RuleDraft> | null {
  const { source, minCount } = condition
  const of = sourceFields(source)
  if (of === null || (source.per === undefined && minCount !== 0)) return null
  const unit = isShare(source, unitOf) ? '1' : unitOfSource(source, unitOf)
  const kind = source.per === undefined ? 'threshold' : 'ratio'
  return { ...of, ...limitFields(condition, unit), ...windowOf(condition), kind, minCount: `${minCount}` }
}

function windowOf({ windowMs }: { windowMs: number }): Pick<RuleDraft, 'window'> {
  return { window: writeDuration(windowMs) }
}

function limitFields({ operator, warning, critical }: LevelLimits, unit: string | null): Partial<RuleDraft> {
  const write = (value: number | null | undefined) => (value == null ? '' : writeAmount(value, unit))
  return {
    operator,
    warning: write(warning?.value),
    warningRecovery: write(warning?.recovery),
    critical: write(critical?.value),
    criticalRecovery: write(critical?.recovery),
  }
}

function sourceFields({ of, per, isRest }: Source): Partial<RuleDraft> | null {
  const where = Object.entries(of.where ?? {}).map(([name, value]) => [name, valueText(value)] as const)
  const perWhere = Object.entries(per?.where ?? {}).map(([name, value]) => [name, valueText(value)] as const)
  const isTooMuch = where.length > 2 || perWhere.length > 1 || isRest === true
  if (isTooMuch || [...where, ...perWhere].some(([, value]) => value === null)) return null
  const [first, second] = where
  return {
    aggregate: of.aggregate,
    metric: of.metric,
    whereName1: first?.[0] ?? '',
    whereValue1: first?.[1] ?? '',
    whereName2: second?.[0] ?? '',
    whereValue2: second?.[1] ?? '',
    perAggregate: per?.aggregate ?? FRESH_DRAFT.perAggregate,
    perMetric: per?.metric ?? '',
    perWhereName: perWhere[0]?.[0] ?? '',
    perWhereValue: perWhere[0]?.[1] ?? '',
  }
}

/** Null where the field would be read as something else. */
function valueText(value: Condition): string | null {
  if (value === null) return ''
  if (typeof value !== 'string') return `${value.prefix}*`
  return value === '' || value.endsWith('*') ? null : value
}

function selectorText({ keys, tag }: MonitorSelector): string | null {
  if (tag !== null) return `tag:${tag}`
  if (keys === null) return '*'
  return keys.length === 1 ? (keys[0] ?? null) : null
}
