import { suggestName } from '../monitor/suggest-name.ts'
import { parseDuration } from '../time/duration.ts'
import { AMOUNT_SUFFIXES } from './amount.ts'
import type { Level, Limit, Operator } from './condition.ts'
import type { Phrase } from './fault-phrases.ts'
import type { LineScanner, Token } from './one-line-scan.ts'

/** What may follow in any order, each at most once. */
export interface Clauses {
  over: number | null
  by: readonly string[] | null
  for: number | null
  keep: number | null
  atLeast: number | null
  level: Level | null
  warn: Limit | null
}
type ClauseName = keyof Clauses

export const NO_CLAUSES: Clauses = {
  over: null,
  by: null,
  for: null,
  keep: null,
  atLeast: null,
  level: null,
  warn: null,
}

/** The words that begin a clause, as they stand in errors. */
const BEGINNINGS: Readonly<Record<ClauseName, string>> = {
  over: 'over',
  by: 'by',
  for: 'for',
  keep: 'keep',
  atLeast: 'with',
  level: 'as',
  warn: 'warn',
}

/**
 * Reads clauses until something else stands there. `readWarn` reads what follows `warn`: only the kind of rule knows what a limit is there.
 */
export function readClauses(
  scanner: LineScanner,
  before: Clauses,
  allowed: readonly ClauseName[],
  readWarn: () => Limit,
): Clauses {
  const clauses = { ...before }
  for (;;) {
    const token = scanner.peek()
    const name = clauseAt(scanner)
    if (name === null || !allowed.includes(name)) return clauses
    if (clauses[name] !== null) scanner.refuse(token, { code: 'twice', values: { name: BEGINNINGS[name] } })
    if (name === 'over' || name === 'for' || name === 'keep') {
      scanner.next()
      clauses[name] = readDuration(scanner)
    } else if (name === 'by') {
      scanner.next()
      clauses.by = readNames(scanner, 'an attribute to split by')
    } else if (name === 'atLeast') clauses.atLeast = readAtLeast(scanner)
    else if (name === 'level') clauses.level = readLevel(scanner)
    else clauses.warn = readBracketed(scanner, readWarn)
  }
}

function clauseAt(scanner: LineScanner): ClauseName | null {
  const { kind, text } = scanner.peek()
  if (kind === 'sign' && text === '[') return 'warn'
  if (kind !== 'word') return null
  // The season of an anomaly: "by hour of week".
  if (text === 'by' && scanner.peek(1).text === 'hour') return null
  const found = (Object.keys(BEGINNINGS) as ClauseName[]).find((name) => BEGINNINGS[name] === text)
  return found ?? null
}

/** The line must be over; what may still stand there is named. */
export function expectEnd(scanner: LineScanner, allowed: readonly ClauseName[], others: readonly string[] = []): void {
  if (scanner.peek().kind === 'end') return
  const words = [...others, ...allowed.map((name) => BEGINNINGS[name])]
  scanner.fail(words.length === 0 ? 'nothing more' : { oneOf: words, orEnd: true }, words)
}

/** `5m`, `1h30m`, `14d`. */
export function readDuration(scanner: LineScanner): number {
  const token = scanner.peek()
  const durationMs = token.kind === 'word' ? parseDuration(token.text) : null
  if (durationMs === null) scanner.fail('a duration such as 30s, 5m or 1h30m', [], token)
  scanner.next()
  return durationMs
}

/** `(a, "b c")`, at least one. */
export function readNames(scanner: LineScanner, what: Phrase): string[] {
  scanner.expect('(', 'before', what)
  const names = [scanner.name(what).text]
  while (scanner.take(',') !== null) names.push(scanner.name(what).text)
  scanner.expect(')', 'or "," after', what)
  return names
}

export function readCount(scanner: LineScanner, what: Phrase): number {
  const token = scanner.peek()
  if (token.kind !== 'word' || !/^\d{1,9}$/.test(token.text)) scanner.fail(what, [], token)
  return Number(scanner.next().text)
}

const OPERATORS: Readonly<Record<string, Operator>> = { '>': 'above', '<': 'below', '>=': 'at_least', '<=': 'at_most' }
export const SIGNS: Readonly<Record<Operator, string>> = { above: '>', below: '<', at_least: '>=', at_most: '<=' }

export function readOperator(scanner: LineScanner): Operator {
  const token = scanner.peek()
  if (token.text === '==' || token.text === '=')
    scanner.refuse(token, { code: 'met_limit', values: { sign: token.text } })
  const operator = OPERATORS[token.text]
  if (token.kind !== 'sign' || operator === undefined) scanner.fail('>, <, >= or <=', ['over', 'by'], token)
  scanner.next()
  return operator
}

/** The number with its suffix, as one token; a minus is a sign of its own. */
export function readAmountToken(scanner: LineScanner): Token {
  const minus = scanner.peek()
  const isNegative = scanner.take('-') !== null
  const token = scanner.peek()
  if (token.kind !== 'word' || !/^[\d.]/.test(token.text))
    scanner.fail('a number such as 20, 500ms, 2s or 1%', [], token)
  scanner.next()
  // `64 MB` is as good as `64MB`.
  const suffix = /^[\d.]+$/.test(token.text) ? (scanner.take(...AMOUNT_SUFFIXES) ?? '') : ''
  const text = `${isNegative ? '-' : ''}${token.text}${suffix}`
  return { ...token, text, at: isNegative ? minus.at : token.at }
}

function readAtLeast(scanner: LineScanner): number {
  scanner.next()
  for (const word of ['at', 'least']) scanner.expect(word, '(as in "with at least 20")')
  return readCount(scanner, 'a whole number')
}

function readLevel(scanner: LineScanner): Level {
  scanner.next()
  const token = scanner.next()
  if (token.text === 'warning' || token.text === 'critical') return token.text
  const near = suggestName(token.text, ['warning', 'critical'])
  return scanner.refuse(token, { code: 'no_level', values: { found: token.text, near } })
}

function readBracketed(scanner: LineScanner, read: () => Limit): Limit {
  const isBracketed = scanner.take('[') !== null
  scanner.expect('warn', 'before the limit of the warning')
  const limit = read()
  if (isBracketed) scanner.expect(']', 'after the limit of the warning')
  return limit
}
