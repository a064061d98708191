import { suggestName } from '../monitor/suggest-name.ts'
import type { Source } from '../series/panel.ts'
import { HOUR, MINUTE } from '../time/instant.ts'
import { readAmount } from './amount.ts'
import type { LevelLimits, Limit, Operator } from './condition.ts'
import type { OneLineRule } from './one-line.ts'
import {
  type Clauses,
  expectEnd,
  NO_CLAUSES,
  readAmountToken,
  readClauses,
  readCount,
  readOperator,
} from './one-line-clauses.ts'
import type { LineScanner, Token } from './one-line-scan.ts'
import { type LineKnowledge, readSource } from './one-line-term.ts'
import { VIRTUAL_METRICS } from './virtual-metrics.ts'
import { unitOfSource } from './words.ts'

export const DEFAULT_WINDOW_MS = 5 * MINUTE
/** Five minutes of one week against five of another are mostly chance. */
export const DEFAULT_BASELINE_WINDOW_MS = HOUR
export const DEFAULT_WEEKS = 4

const ALLOWED = ['over', 'by', 'for', 'keep', 'atLeast', 'level', 'warn'] as const

/** Reads the value of one limit, in the unit of what it limits. */
type ReadValue = () => number

/** `p95(x) > 2s …`, `sum(a) / sum(b) > 1% …`, `sum(x) < 0.5x usual …`. */
export function readMeasureRule(scanner: LineScanner, known: LineKnowledge): OneLineRule {
  const start = scanner.peek()
  const source = readSource(scanner)
  const refuseMetric = () => refuseUnknownMetric(scanner, start, source, known)
  const unit = unitOfSource(source, known.unitOf ?? (() => null))
  const before = readClauses(scanner, NO_CLAUSES, ['over', 'by'], noWarning)
  // `warn` first: the only limit is that of the warning.
  const isWarning = scanner.take('warn') !== null
  const operator = readOperator(scanner)
  const isBaseline = isFactor(scanner)
  const readValue: ReadValue = () => (isBaseline ? readFactor(scanner) : readNumber(scanner, unit, refuseMetric))
  const limit = readLimit(scanner, readValue)
  const weeks = isBaseline ? readUsual(scanner) : null
  const clauses = readClauses(scanner, before, ALLOWED, () => readWarning(scanner, operator, readValue))
  expectEnd(scanner, ALLOWED)
  if (isWarning && clauses.level === 'critical') scanner.refuse(scanner.peek(), { code: 'both_levels', values: null })
  const level = isWarning ? 'warning' : (clauses.level ?? 'critical')
  const limits = limitsOf(operator, limit, { ...clauses, level })
  const { by, for: forMs, keep, over, atLeast } = clauses
  return {
    condition:
      weeks === null
        ? { kind: 'threshold', source, windowMs: over ?? DEFAULT_WINDOW_MS, ...limits, minCount: atLeast ?? 0 }
        : {
            kind: 'baseline',
            source,
            windowMs: over ?? DEFAULT_BASELINE_WINDOW_MS,
            ...limits,
            weeks,
            minBaseline: atLeast ?? 0,
          },
    groupBy: by,
    forMs,
    keepFiringForMs: keep,
  }
}

function noWarning(): Limit {
  return { value: 0, recovery: null }
}

function limitsOf(operator: Operator, limit: Limit, { level, warn }: Clauses): LevelLimits {
  if (level === 'warning') return { operator, warning: limit, critical: null }
  return { operator, warning: warn, critical: limit }
}

function readLimit(scanner: LineScanner, readValue: ReadValue): Limit {
  const value = readValue()
  const recovery = scanner.take('until') === null ? null : readValue()
  return { value, recovery }
}

function readWarning(scanner: LineScanner, operator: Operator, readValue: ReadValue): Limit {
  const token = scanner.peek()
  if (readOperator(scanner) !== operator) scanner.refuse(token, { code: 'other_comparison', values: null })
  const limit = readLimit(scanner, readValue)
  scanner.take('usual')
  return limit
}

/** Where a unit does not fit because there is no such metric, that is what is wrong. */
function refuseUnknownMetric(scanner: LineScanner, at: Token, { of, per }: Source, { metrics }: LineKnowledge): void {
  if (metrics === undefined) return
  const all = [...metrics, ...VIRTUAL_METRICS.keys()]
  const metric = [of, per].map((term) => term?.metric).find((name) => name !== undefined && !all.includes(name))
  if (metric === undefined) return
  scanner.refuse(at, { code: 'unknown_metric', values: { metric, near: suggestName(metric, all) } })
}

function readNumber(scanner: LineScanner, unit: string | null, refuseMetric: () => void): number {
  const token = readAmountToken(scanner)
  const isRate = unit === '/s' && token.text.endsWith('/s')
  const read = readAmount(isRate ? token.text.slice(0, -'/s'.length) : token.text, unit)
  if (read.ok) return read.value
  if (read.fault.code === 'unit_not_known' || read.fault.code === 'other_unit') refuseMetric()
  return scanner.refuse(token, { code: 'bad_amount', values: { given: token.text, fault: read.fault } })
}

/** `2x …`, or `50% of usual`. */
function isFactor(scanner: LineScanner): boolean {
  const { text } = scanner.peek()
  return (
    /^[\d.]+x$/.test(text) ||
    (/^[\d.]+%$/.test(text) && scanner.peek(1).text === 'of' && scanner.peek(2).text === 'usual')
  )
}

function readFactor(scanner: LineScanner): number {
  const token = readAmountToken(scanner)
  const [, digits, sign] = /^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)(x|%)$/.exec(token.text) ?? []
  if (digits === undefined) scanner.fail('a factor such as 2x or 50%', [], token)
  return sign === 'x' ? Number(digits) : Number((Number(digits) / 100).toPrecision(15))
}

/** `usual`, `of usual`, `usual of 4 weeks`: the number of weeks. */
function readUsual(scanner: LineScanner): number {
  scanner.take('of')
  scanner.expect('usual', 'after the factor')
  if (scanner.take('of') === null) return DEFAULT_WEEKS
  const weeks = readCount(scanner, 'a number of weeks')
  scanner.expect('weeks', 'after the number')
  return weeks
}
