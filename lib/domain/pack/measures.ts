import type { BaselineCondition, RuleCondition, ThresholdCondition } from '../rule/condition.ts'
import type { Source, Term } from '../series/panel.ts'
import type { Aggregate, Condition } from '../series/question.ts'
import { MINUTE, SECOND } from '../time/instant.ts'
import type { PackOption } from './pack.ts'

type Where = Readonly<Record<string, Condition>>

/** Limits in the unit of the series; null where a guide names only one. */
export interface Steps {
  warning: number | null
  critical: number | null
}

export const warn = (warning: number): Steps => ({ warning, critical: null })
export const alarm = (critical: number): Steps => ({ warning: null, critical })
export const steps = (warning: number, critical: number): Steps => ({ warning, critical })

/** A condition that is not split. */
export function option(condition: RuleCondition, groupBy: readonly string[] = []): PackOption {
  return { condition, groupBy }
}

export function term(metric: string, aggregate: Aggregate, where?: Where): Term {
  return where === undefined ? { metric, aggregate } : { metric, aggregate, where }
}

export function above(source: Source, windowMs: number, limits: Steps, minCount = 0): ThresholdCondition {
  return threshold('above', source, windowMs, limits, minCount)
}

export function threshold(
  operator: ThresholdCondition['operator'],
  source: Source,
  windowMs: number,
  { warning, critical }: Steps,
  minCount = 0,
): ThresholdCondition {
  return { kind: 'threshold', source, windowMs, operator, warning: limit(warning), critical: limit(critical), minCount }
}

/** Against what is normal for the hour and weekday, over the last four weeks. */
export function againstNormal(
  operator: 'above' | 'below',
  source: Source,
  windowMs: number,
  { warning, critical }: Steps,
  minBaseline: number,
): BaselineCondition {
  const limits = { operator, warning: limit(warning), critical: limit(critical) }
  return { kind: 'baseline', source, windowMs, ...limits, weeks: 4, minBaseline }
}

function limit(value: number | null) {
  return value === null ? null : { value, recovery: null }
}

/**
 * Where requests are counted: from lines of a log, or by the application. Logs come first, because durations that were made of log lines
 * know only the lines that have one.
 */
export const REQUEST_METRICS = ['http.server.requests', 'http.server.request.duration'] as const

export const DURATION = 'http.server.request.duration'
export const STATUS = 'http.response.status_code'
export const FIVE_HUNDREDS: Where = { [STATUS]: { prefix: '5' } }
export const FOUR_HUNDREDS: Where = { [STATUS]: { prefix: '4' } }

/** Requests that are so, of all requests (of `within`). */
export function requestShare(
  where: Where,
  { windowMs, limits, minCount = 0, within }: { windowMs: number; limits: Steps; minCount?: number; within?: Where },
): [PackOption, ...PackOption[]] {
  const of = (metric: string) =>
    option(
      above(
        { of: term(metric, 'count', { ...within, ...where }), per: term(metric, 'count', within) },
        windowMs,
        limits,
        minCount,
      ),
    )
  const [first, second] = REQUEST_METRICS
  return [of(first), of(second)]
}

/** How many requests are so. */
export function requestCount(where: Where, windowMs: number, limits: Steps): [PackOption, ...PackOption[]] {
  const of = (metric: string) => option(above({ of: term(metric, 'count', where) }, windowMs, limits))
  const [first, second] = REQUEST_METRICS
  return [of(first), of(second)]
}

/** How long requests take, in seconds; without such figures, how long each monitor's probes take. */
export function responseTime(aggregate: Aggregate, windowMs: number, limits: Steps): [PackOption, ...PackOption[]] {
  const inMs = { warning: toMs(limits.warning), critical: toMs(limits.critical) }
  return [
    option(above({ of: term(DURATION, aggregate) }, windowMs, limits)),
    option(above({ of: term('probe.duration', aggregate) }, windowMs, inMs), ['monitor']),
  ]
}

function toMs(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * SECOND)
}

/** Mean of each minute, a share from 0 to 1, of a machine; of whoever tells of one. */
export function utilization(of: 'cpu' | 'memory', limits: Steps): [PackOption, ...PackOption[]] {
  const mean = (metric: string, groupBy: readonly string[]) =>
    option(above({ of: term(metric, 'avg') }, MINUTE, limits), groupBy)
  return [mean(`system.${of}.utilization`, ['host.name']), mean(`db.${of}.utilization`, ['db.source'])]
}

export function diskUtilization(limits: Steps): [PackOption, ...PackOption[]] {
  const mean = (metric: string, groupBy: readonly string[]) =>
    option(above({ of: term(metric, 'max') }, MINUTE, limits), groupBy)
  return [
    mean('system.filesystem.utilization', ['host.name', 'system.filesystem.mountpoint']),
    mean('db.disk.utilization', ['db.source']),
  ]
}

/** Fewer probes than this say nothing of a share so close to one. */
const MIN_PROBES = 20

/** Probes that were answered, of all that were made, for each monitor. */
export function uptime(windowMs: number, limits: Steps): PackOption {
  const source = { of: term('probe.success', 'sum'), per: term('probe.success', 'count') }
  return option(threshold('below', source, windowMs, limits, MIN_PROBES), ['monitor'])
}

/** One gauge of each database. */
export function ofDatabases(condition: RuleCondition): [PackOption] {
  return [option(condition, ['db.source'])]
}
