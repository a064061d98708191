import { formatValue } from '../domain/rollup/format-value.ts'
import type { RuleCondition } from '../domain/rule/condition.ts'
import { formatOfSource, isShare, type UnitOf, unitOfSource } from '../domain/rule/words.ts'

/** How values of a rule are shown: by what they are multiplied, in which unit, and as text. */
export interface RuleScale {
  factor: number
  unit: string
  say: (value: number) => string
}

/** Shares are shown in percent, factors of what is usual too; everything else as its metric is measured. */
export function scaleOf(condition: RuleCondition, unitOf: UnitOf, locale: 'en' | 'fr'): RuleScale {
  if (condition.kind === 'threshold' || condition.kind === 'anomaly') {
    const { source } = condition
    const say = (value: number) => formatOfSource(value, source, unitOf, locale)
    return isShare(source, unitOf)
      ? { factor: 100, unit: '%', say }
      : { factor: 1, unit: unitOfSource(source, unitOf) ?? '', say }
  }
  if (condition.kind === 'baseline')
    return { factor: 100, unit: '%', say: (value) => formatValue(value * 100, '%', locale) }
  return { factor: 1, unit: '', say: (value) => formatValue(value, '', locale) }
}
