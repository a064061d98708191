import type { MonitorSelector } from '../monitor/selector.ts'
import type { Source, Term } from '../series/panel.ts'
import { writeDuration } from '../time/duration.ts'
import { writeAmount } from './amount.ts'
import type {
  AnomalyCondition,
  BaselineCondition,
  Level,
  LevelLimits,
  Limit,
  RuleCondition,
  ThresholdCondition,
} from './condition.ts'
import { parseOneLine } from './one-line.ts'
import { SIGNS } from './one-line-clauses.ts'
import { DEFAULT_ANOMALY_WINDOW_MS, DEFAULT_BAD_EVENTS, DEFAULT_COOLDOWN_MS } from './one-line-kinds.ts'
import { DEFAULT_BASELINE_WINDOW_MS, DEFAULT_WEEKS, DEFAULT_WINDOW_MS } from './one-line-measure.ts'
import type { AlertRule } from './rule.ts'
import { type UnitOf, unitOfSource } from './words.ts'

export type Writable = Pick<AlertRule, 'condition' | 'groupBy' | 'forMs' | 'keepFiringForMs'>

/**
 * The opposite of `parseOneLine`: the shortest line that is read as exactly this; null where no line says it (such rules are written as
 * `condition`). Limits get the unit of their metric when it is known.
 */
export function writeOneLine(rule: Writable, unitOf: UnitOf = () => null): string | null {
  const line = [writeCondition(rule, unitOf), ...writeTimes(rule), ...writeLevel(rule.condition)].join(' ')
  const read = parseOneLine(line, { unitOf })
  if (!read.ok) return null
  const { condition, groupBy, forMs, keepFiringForMs } = read.rule
  const meant = { condition, groupBy: groupBy ?? [], forMs: forMs ?? 0, keepFiringForMs: keepFiringForMs ?? 0 }
  const { condition: given, groupBy: by, forMs: wait, keepFiringForMs: keep } = rule
  return canonical(meant) === canonical({ condition: given, groupBy: by, forMs: wait, keepFiringForMs: keep })
    ? line
    : null
}

/** JSON with the fields of maps in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}

function writeCondition({ condition, groupBy, forMs }: Writable, unitOf: UnitOf): string {
  switch (condition.kind) {
    case 'threshold':
    case 'baseline':
      return writeMeasure(condition, groupBy, unitOf)
    case 'absence': {
      const window = `${forMs === 0 ? 'for' : 'over'} ${writeDuration(condition.windowMs)}`
      return `absent(${writeSeries(condition.term)})${writeBy(groupBy)} ${window}`
    }
    case 'consecutive_failures':
      return `${condition.failures} failures in a row of ${writeMonitors(condition.monitors)}`
    case 'expiry': {
      const { warningDays, criticalDays } = condition
      const days = `${criticalDays ?? warningDays ?? 0}d`
      const warn = criticalDays === null || warningDays === null ? '' : ` [warn in ${warningDays}d]`
      return `certificate of ${writeMonitors(condition.monitors)} expires in ${days}${warn}`
    }
    case 'anomaly':
      return writeAnomaly(condition, groupBy)
    case 'burn_rate': {
      const windows = condition.windows.map(
        ({ factor, longMs, shortMs }) => `${factor}x over ${writeDuration(longMs)} and ${writeDuration(shortMs)}`,
      )
      const least = condition.minBadEvents === DEFAULT_BAD_EVENTS ? '' : ` with at least ${condition.minBadEvents}`
      return `burn(${writeName(condition.slo)}) ${windows.join(' or ')}${least}`
    }
    case 'composite':
      return `${condition.mode}(${condition.rules.map(writeName).join(', ')})`
  }
}

function writeMeasure(
  condition: ThresholdCondition | BaselineCondition,
  groupBy: readonly string[],
  unitOf: UnitOf,
): string {
  const { source, windowMs, operator, warning, critical } = condition
  const isBaseline = condition.kind === 'baseline'
  const unit = unitOfSource(source, unitOf)
  const write = (value: number) => (isBaseline ? `${value}x` : writeAmount(value, unit))
  const writeLimit = ({ value, recovery }: Limit) =>
    `${SIGNS[operator]} ${write(value)}${recovery === null ? '' : ` until ${write(recovery)}`}`
  const usual = !isBaseline ? '' : condition.weeks === DEFAULT_WEEKS ? ' usual' : ` usual of ${condition.weeks} weeks`
  const usualWindowMs = isBaseline ? DEFAULT_BASELINE_WINDOW_MS : DEFAULT_WINDOW_MS
  const least = isBaseline ? condition.minBaseline : condition.minCount
  return [
    `${writeSource(source)}${writeBy(groupBy)}`,
    ...(windowMs === usualWindowMs ? [] : [`over ${writeDuration(windowMs)}`]),
    `${writeLimit(critical ?? warning ?? NO_LIMIT)}${usual}`,
    ...(critical === null || warning === null ? [] : [`[warn ${writeLimit(warning)}]`]),
    ...(least === 0 ? [] : [`with at least ${least}`]),
  ].join(' ')
}

const NO_LIMIT: Limit = { value: 0, recovery: null }

function writeAnomaly(condition: AnomalyCondition, groupBy: readonly string[]): string {
  const { source, windowMs, season, direction, sensitivity, cooldownMs } = condition
  return [
    `unusual(${writeSource(source)})${writeBy(groupBy)}`,
    ...(windowMs === DEFAULT_ANOMALY_WINDOW_MS ? [] : [`over ${writeDuration(windowMs)}`]),
    ...(direction === 'both' ? [] : [direction]),
    ...(season === 'hour_of_day' ? [] : ['by hour of week']),
    ...(sensitivity === 1 ? [] : [`sensitivity ${sensitivity}`]),
    ...(cooldownMs === DEFAULT_COOLDOWN_MS ? [] : [`cooldown ${writeDuration(cooldownMs)}`]),
  ].join(' ')
}

function writeTimes({ forMs, keepFiringForMs }: Writable): string[] {
  return [
    ...(forMs === 0 ? [] : [`for ${writeDuration(forMs)}`]),
    ...(keepFiringForMs === 0 ? [] : [`keep ${writeDuration(keepFiringForMs)}`]),
  ]
}

/** Said where it is not what its kind is without a word. */
function writeLevel(condition: RuleCondition): string[] {
  const [level, usual] = levelOf(condition)
  return level === usual ? [] : [`as ${level}`]
}

function levelOf(condition: RuleCondition): [level: Level, usual: Level] {
  switch (condition.kind) {
    case 'threshold':
    case 'baseline':
      return [(condition satisfies LevelLimits).critical === null ? 'warning' : 'critical', 'critical']
    case 'expiry':
      return [condition.criticalDays === null ? 'warning' : 'critical', 'critical']
    case 'anomaly':
      return [condition.level, 'warning']
    default:
      return [condition.level, 'critical']
  }
}

function writeSource({ of, per, isRest }: Source): string {
  const ratio = per === undefined ? writeTerm(of) : `${writeTerm(of)} / ${writeTerm(per)}`
  return isRest === true ? `1 - ${ratio}` : ratio
}

function writeTerm(term: Term): string {
  return `${term.aggregate}(${writeSeries(term)})`
}

function writeSeries({ metric, where }: Pick<Term, 'metric' | 'where'>): string {
  const conditions = Object.entries(where ?? {}).map(([name, condition]) => {
    if (condition === null) return `${writeName(name)}=null`
    if (typeof condition !== 'string') return `${writeName(name)}=${JSON.stringify(`${condition.prefix}*`)}`
    return `${writeName(name)}${condition.endsWith('*') ? '==' : '='}${JSON.stringify(condition)}`
  })
  return `${writeName(metric)}${conditions.length === 0 ? '' : `{${conditions.join(', ')}}`}`
}

function writeBy(groupBy: readonly string[]): string {
  return groupBy.length === 0 ? '' : ` by (${groupBy.map(writeName).join(', ')})`
}

function writeMonitors({ keys, tag }: MonitorSelector): string {
  if (keys !== null) return `${keys.length === 1 ? 'monitor' : 'monitors'} ${keys.map(writeName).join(', ')}`
  if (tag === null) return '*'
  return PLAIN.test(tag) ? `tag:${tag}` : `tag:${JSON.stringify(tag)}`
}

/** What stands without quotes. */
const PLAIN = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u

function writeName(name: string): string {
  return PLAIN.test(name) ? name : JSON.stringify(name)
}
