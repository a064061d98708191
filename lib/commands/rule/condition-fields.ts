import type { MonitorSelector } from '../../domain/monitor/selector.ts'
import { readAmount } from '../../domain/rule/amount.ts'
import { sayAmountFault } from '../../domain/rule/amount-fault.ts'
import {
  LEVELS,
  type Level,
  type LevelLimits,
  type Limit,
  OPERATORS,
  type Operator,
  type RuleCondition,
} from '../../domain/rule/condition.ts'
import { endSentence } from '../../domain/rule/fault.ts'
import { isShare, type UnitOf, unitOfSource } from '../../domain/rule/words.ts'
import type { Source, Term } from '../../domain/series/panel.ts'
import { AGGREGATES, type Aggregate, type Condition } from '../../domain/series/question.ts'
import { parseDuration } from '../../domain/time/duration.ts'
import type { FieldError } from '../../ports/command-result.ts'
import { readAnomaly, readBurnRate, readComposite } from './kind-fields.ts'
import type { RuleDraft } from './rule-draft.ts'

const DURATION = 'It must be a duration such as 30s, 5m or 1h30m.'
const DURATION_FR = 'Ce champ doit être une durée comme 30s, 5m ou 1h30m.'

/** Reads fields one after the other and keeps what was wrong with each. */
export function createFieldReader() {
  const errors: FieldError[] = []
  const wrong = (field: keyof RuleDraft, message: string, code = 'invalid', given?: string, messageFr?: string) => {
    errors.push({ field, code, message, given, messageFr })
  }
  return {
    errors,
    wrong,
    duration(draft: RuleDraft, field: keyof RuleDraft, fallbackMs: number | null = null): number {
      const given = String(draft[field]).trim().replaceAll(' ', '')
      if (given === '' && fallbackMs !== null) return fallbackMs
      // Nobody tells "5min" from "5m".
      const read = parseDuration(given.replace(/min\b/, 'm'))
      if (read === null) wrong(field, DURATION, 'duration', given, DURATION_FR)
      return read ?? 0
    },
    number(draft: RuleDraft, field: keyof RuleDraft, { least, most }: { least: number; most: number }): number {
      const given = String(draft[field]).trim().replace(',', '.')
      const read = given === '' ? Number.NaN : Number(given)
      const isFine = read >= least && read <= most
      if (!isFine) {
        const isOpen = most >= 1e6
        const [message, messageFr] = isOpen
          ? [`It must be a number of at least ${least}.`, `Ce champ doit être un nombre d’au moins ${least}.`]
          : [`It must be a number from ${least} to ${most}.`, `Ce champ doit être un nombre de ${least} à ${most}.`]
        wrong(field, message, 'number', given, messageFr.replaceAll('.', ',').replace(/,$/, '.'))
      }
      return isFine ? read : least
    },
    choice<Value extends string>(draft: RuleDraft, field: keyof RuleDraft, values: readonly Value[]): Value {
      const found = values.find((value) => value === draft[field])
      const list = values.join(', ')
      if (found === undefined)
        wrong(
          field,
          `It must be one of ${list}.`,
          'choice',
          String(draft[field]),
          `Ce champ doit être l’un de ${list}.`,
        )
      return found ?? (values[0] as Value)
    },
  }
}

export type FieldReader = ReturnType<typeof createFieldReader>

/** The condition that the sentence says. What is wrong is noted at its field, and the condition then means nothing. */
export function readCondition(draft: RuleDraft, unitOf: UnitOf, fields: FieldReader): RuleCondition {
  switch (draft.kind) {
    case 'consecutive_failures':
      return {
        kind: 'consecutive_failures',
        monitors: readSelector(draft.monitors),
        failures: Math.round(fields.number(draft, 'failures', { least: 1, most: 60 })),
        level: readLevel(draft, fields),
      }
    case 'expiry':
      return readExpiry(draft, fields)
    case 'anomaly':
      return readAnomaly(draft, readTerm(draft, fields), fields)
    case 'burn_rate':
      return readBurnRate(draft, fields)
    case 'composite':
      return readComposite(draft, fields)
    case 'absence':
      return {
        kind: 'absence',
        term: readTerm(draft, fields),
        windowMs: fields.duration(draft, 'window'),
        level: readLevel(draft, fields),
      }
    case 'baseline':
      return {
        kind: 'baseline',
        source: { of: readTerm(draft, fields) },
        windowMs: fields.duration(draft, 'window'),
        weeks: Math.round(fields.number(draft, 'weeks', { least: 2, most: 8 })),
        minBaseline: fields.number(draft, 'minBaseline', { least: 0, most: Number.MAX_SAFE_INTEGER }),
        // Factors of what is usual have no unit.
        ...readLimits(draft, '', fields),
      }
    default:
      return readThreshold(draft, unitOf, fields)
  }
}

function readThreshold(draft: RuleDraft, unitOf: UnitOf, fields: FieldReader): RuleCondition {
  const of = readTerm(draft, fields)
  const source: Source = draft.kind === 'ratio' ? { of, per: readDivisor(draft, fields) } : { of }
  const unit = isShare(source, unitOf) ? '1' : unitOfSource(source, unitOf)
  return {
    kind: 'threshold',
    source,
    windowMs: fields.duration(draft, 'window'),
    minCount: draft.kind === 'ratio' ? fields.number(draft, 'minCount', { least: 0, most: 1e12 }) : 0,
    ...readLimits(draft, unit, fields),
  }
}

function readExpiry(draft: RuleDraft, fields: FieldReader): RuleCondition {
  const days = (field: 'warningDays' | 'criticalDays') =>
    draft[field].trim() === '' ? null : fields.number(draft, field, { least: 1, most: 365 })
  const [warningDays, criticalDays] = [days('warningDays'), days('criticalDays')]
  if (warningDays === null && criticalDays === null) fields.wrong('criticalDays', 'a limit is needed', 'missing')
  return { kind: 'expiry', monitors: readSelector(draft.monitors), warningDays, criticalDays }
}

function readLevel(draft: RuleDraft, fields: FieldReader): Level {
  return fields.choice(draft, 'level', LEVELS)
}

function readLimits(draft: RuleDraft, unit: string | null, fields: FieldReader): LevelLimits {
  const operator: Operator = fields.choice(draft, 'operator', OPERATORS)
  const amount = (field: 'warning' | 'critical' | 'warningRecovery' | 'criticalRecovery'): number | null => {
    const given = draft[field]
      .trim()
      .replace(/\s+/g, '')
      .replace(/^(-?\d+),(\d)/, '$1.$2')
      .replace(/[×x]$/, '')
    if (given === '') return null
    const read = readAmount(given, unit)
    if (!read.ok)
      fields.wrong(
        field,
        endSentence(`It ${read.message}`),
        'amount',
        given,
        endSentence(`Ce champ ${sayAmountFault(read.fault, 'fr')}`),
      )
    return read.ok ? read.value : null
  }
  const limit = (level: Level): Limit | null => {
    const value = amount(level)
    const recovery = amount(level === 'warning' ? 'warningRecovery' : 'criticalRecovery')
    return value === null ? null : { value, recovery }
  }
  const limits = { operator, warning: limit('warning'), critical: limit('critical') }
  if (draft.warning.trim() === '' && draft.critical.trim() === '') {
    fields.wrong('critical', 'a limit is needed: critical, warning or both', 'missing')
  }
  return limits
}

function readTerm(draft: RuleDraft, fields: FieldReader): Term {
  const { metric, whereName1, whereValue1, whereName2, whereValue2 } = draft
  if (metric.trim() === '') fields.wrong('metric', 'choose a metric', 'missing')
  const where = readWhere([
    [whereName1, whereValue1],
    [whereName2, whereValue2],
  ])
  const aggregate: Aggregate = draft.kind === 'absence' ? 'count' : fields.choice(draft, 'aggregate', AGGREGATES)
  return { metric: metric.trim(), aggregate, ...where }
}

function readDivisor(draft: RuleDraft, fields: FieldReader): Term {
  const { perMetric, perWhereName, perWhereValue } = draft
  if (perMetric.trim() === '') fields.wrong('perMetric', 'choose a metric', 'missing')
  const aggregate: Aggregate = fields.choice(draft, 'perAggregate', AGGREGATES)
  return { metric: perMetric.trim(), aggregate, ...readWhere([[perWhereName, perWhereValue]]) }
}

function readWhere(pairs: readonly (readonly [name: string, value: string])[]): Pick<Term, 'where'> {
  const given = pairs.flatMap(([name, value]): [string, Condition][] =>
    name.trim() === '' ? [] : [[name.trim(), readValue(value.trim())]],
  )
  return given.length === 0 ? {} : { where: Object.fromEntries(given) }
}

function readValue(value: string): Condition {
  if (value === '') return null
  return value.endsWith('*') ? { prefix: value.slice(0, -1) } : value
}

function readSelector(text: string): MonitorSelector {
  const given = text.trim()
  if (given === '' || given === '*') return { keys: null, tag: null }
  return given.startsWith('tag:') ? { keys: null, tag: given.slice(4) } : { keys: [given], tag: null }
}
