import { MINUTE } from '../time/instant.ts'
import type { RuleCondition } from './condition.ts'
import { type Clauses, expectEnd, NO_CLAUSES, readClauses } from './one-line-clauses.ts'
import { readAnomaly, readBurnRate, readComposite, readExpiry, readFailures } from './one-line-kinds.ts'
import { readMeasureRule } from './one-line-measure.ts'
import { type LineError, LineFault, LineScanner, lineError } from './one-line-scan.ts'
import { type LineKnowledge, readSeries } from './one-line-term.ts'

/** What one line says of a rule; null for what it says nothing about. */
export interface OneLineRule {
  condition: RuleCondition
  groupBy: readonly string[] | null
  forMs: number | null
  keepFiringForMs: number | null
}

export type ReadLine = { ok: true; rule: OneLineRule } | { ok: false; error: LineError }

/** Longer lines are no longer lines: such a rule is written as `condition`. */
const MAX_LENGTH = 2_000
const DEFAULT_ABSENCE_MS = 10 * MINUTE

/**
 * Reads a rule in one line, such as `p95(http.server.request.duration{http.route="/x"}) by (http.route) over 5m > 2s for 5m [warn > 500ms]`.
 * All forms stand in docs/rules.md. Numbers with a unit become numbers in the unit of their metric, when `known` has it.
 */
export function parseOneLine(line: string, known: LineKnowledge = {}): ReadLine {
  if (line.length > MAX_LENGTH)
    return { ok: false, error: lineError(MAX_LENGTH + 1, { code: 'too_long', values: { most: MAX_LENGTH } }) }
  try {
    return { ok: true, rule: readRule(new LineScanner(line), known) }
  } catch (error) {
    if (error instanceof LineFault) return { ok: false, error: error.fault }
    throw error
  }
}

function readRule(scanner: LineScanner, known: LineKnowledge): OneLineRule {
  const [first, second] = [scanner.peek(), scanner.peek(1)]
  if (first.kind === 'word' && second.text === '(') {
    if (first.text === 'absent') return readAbsence(scanner)
    if (first.text === 'unusual') return readAnomaly(scanner, known)
    if (first.text === 'burn') return readBurnRate(scanner)
    if (first.text === 'all' || first.text === 'any') return readComposite(scanner, first.text)
  }
  if (first.text === 'certificate') return readExpiry(scanner)
  if (/^\d+$/.test(first.text) && second.kind === 'word') return readFailures(scanner)
  return readMeasureRule(scanner, known)
}

/** `absent(metric{…}) for 10m`: the time is the window. With `over`, `for` is what it is elsewhere. */
function readAbsence(scanner: LineScanner): OneLineRule {
  scanner.next()
  scanner.expect('(', 'after absent')
  const { metric, where } = readSeries(scanner)
  scanner.expect(')', 'after the metric')
  const allowed = ['over', 'by', 'for', 'keep', 'level'] as const
  const clauses = readClauses(scanner, NO_CLAUSES, allowed, () => ({ value: 0, recovery: null }))
  expectEnd(scanner, allowed)
  const windowMs = clauses.over ?? clauses.for ?? DEFAULT_ABSENCE_MS
  const term = { metric, aggregate: 'count' as const, ...(where === null ? {} : { where }) }
  const forMs = clauses.over === null ? null : clauses.for
  return ruleOf({ ...clauses, for: forMs }, { kind: 'absence', term, windowMs, level: clauses.level ?? 'critical' })
}

function ruleOf({ by, for: forMs, keep }: Clauses, condition: RuleCondition): OneLineRule {
  return { condition, groupBy: by, forMs, keepFiringForMs: keep }
}
