import type { MonitorSelector } from '../monitor/selector.ts'
import { formatValue } from '../rollup/format-value.ts'
import type { Source, Term } from '../series/panel.ts'
import { formatDuration } from '../time/format-duration.ts'
import type { Locale } from '../time/locale.ts'
import type { Level, LevelLimits, RuleCondition } from './condition.ts'
import { type DescribeWords, WORDS } from './describe-words.ts'
import type { RuleSpec } from './rule.ts'
import { formatOfSource, type UnitOf } from './words.ts'

/** What a sentence about a rule needs of it. */
export type Describable = Pick<RuleSpec, 'condition' | 'groupBy' | 'forMs' | 'keepFiringForMs'>

/**
 * A rule as one plain sentence: "When p95 of http.server.request.duration over 5 min is above 2 s for 5 min (warning above 500 ms)." Limits
 * have units where `unitOf` knows them.
 */
export function describeRule(rule: Describable, locale: Locale, unitOf: UnitOf = () => null): string {
  const words = WORDS[locale]
  const { condition, groupBy, forMs, keepFiringForMs } = rule
  const parts = describeCondition(condition, words, unitOf)
  const time = forMs === 0 ? '' : words.forTime(formatDuration(forMs, locale))
  const keep = keepFiringForMs === 0 ? '' : words.keep(formatDuration(keepFiringForMs, locale))
  const split = groupBy.length === 0 ? '' : words.per(words.and(groupBy))
  const aside = parts.aside === '' ? '' : ` (${parts.aside})`
  return `${parts.clause}${time}${aside}${split}${keep}.`
}

/** `aside` stands behind the time for which it must hold. */
interface Described {
  clause: string
  aside: string
}

function describeCondition(condition: RuleCondition, words: DescribeWords, unitOf: UnitOf): Described {
  switch (condition.kind) {
    case 'threshold': {
      const say = (value: number) => formatOfSource(value, condition.source, unitOf, words.locale)
      const measure = `${describeSource(condition.source, words)}${over(condition.windowMs, words)}`
      const least = condition.minCount === 0 ? [] : [words.atLeast(condition.minCount)]
      return describeLimits(words.when(measure), condition, say, words, least)
    }
    case 'baseline': {
      const say = (factor: number) => words.usual(formatValue(factor * 100, '%', words.locale), condition.weeks)
      const measure = `${describeSource(condition.source, words)}${over(condition.windowMs, words)}`
      return describeLimits(words.when(measure), condition, say, words, [])
    }
    case 'absence':
      return levelled(
        words.absent(describeSeries(condition.term, words), formatDuration(condition.windowMs, words.locale)),
        condition.level,
        words,
      )
    case 'consecutive_failures':
      return levelled(
        words.failures(condition.failures, describeMonitors(condition.monitors, words)),
        condition.level,
        words,
      )
    case 'expiry': {
      const { criticalDays, warningDays } = condition
      const clause = words.expiry(describeMonitors(condition.monitors, words), criticalDays ?? warningDays ?? 0)
      if (criticalDays === null) return { clause, aside: words.level('warning') }
      return { clause, aside: warningDays === null ? '' : words.warnDays(warningDays) }
    }
    case 'anomaly': {
      const measure = `${describeSource(condition.source, words)}${over(condition.windowMs, words)}`
      return levelled(words.anomaly(measure, condition.direction, condition.season), condition.level, words)
    }
    case 'burn_rate': {
      const windows = condition.windows.map(({ factor, longMs, shortMs }) =>
        words.burn(factor, formatDuration(longMs, words.locale), formatDuration(shortMs, words.locale)),
      )
      return levelled(words.budget(condition.slo, words.or(windows)), condition.level, words)
    }
    case 'composite':
      return levelled(words.composite(condition.mode, condition.rules), condition.level, words)
  }
}

/** A page is what one expects of a rule; a warning is worth a word. */
function levelled(clause: string, level: Level, words: DescribeWords): Described {
  return { clause, aside: level === 'critical' ? '' : words.level(level) }
}

function describeLimits(
  when: string,
  { operator, warning, critical }: LevelLimits,
  say: (value: number) => string,
  words: DescribeWords,
  more: readonly string[],
): Described {
  const main = critical ?? warning
  const clause = `${when} ${words.is(operator)} ${say(main?.value ?? 0)}`
  const asides = [
    ...(critical === null ? [words.level('warning')] : []),
    ...(critical !== null && warning !== null ? [words.warnAt(operator, say(warning.value))] : []),
    ...(main?.recovery == null ? [] : [words.recovery(say(main.recovery))]),
    ...more,
  ]
  return { clause, aside: asides.join(words.separator) }
}

function over(windowMs: number, words: DescribeWords): string {
  return words.over(formatDuration(windowMs, words.locale))
}

function describeSource({ of, per, isRest }: Source, words: DescribeWords): string {
  const parts = describeTerm(of, words)
  const ratio = per === undefined ? parts : words.ratio(parts, describeTerm(per, words))
  return isRest === true ? words.rest(ratio) : ratio
}

function describeTerm(term: Term, words: DescribeWords): string {
  return words.aggregate(term.aggregate, describeSeries(term, words))
}

function describeSeries({ metric, where }: Pick<Term, 'metric' | 'where'>, words: DescribeWords): string {
  const conditions = Object.entries(where ?? {}).map(([name, condition]) => {
    if (condition === null) return words.lacks(name)
    return typeof condition === 'string' ? words.equals(name, condition) : words.begins(name, condition.prefix)
  })
  return conditions.length === 0 ? metric : `${metric} (${words.and(conditions)})`
}

function describeMonitors({ keys, tag }: MonitorSelector, words: DescribeWords): string {
  if (keys !== null) return words.or(keys)
  return tag === null ? words.anyMonitor : words.tagged(tag)
}
