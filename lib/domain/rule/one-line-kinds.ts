import type { MonitorSelector } from '../monitor/selector.ts'
import { DAY, HOUR } from '../time/instant.ts'
import type { AnomalyCondition, BurnRateCondition, Level, RuleCondition } from './condition.ts'
import type { OneLineRule } from './one-line.ts'
import {
  type Clauses,
  expectEnd,
  NO_CLAUSES,
  readAmountToken,
  readClauses,
  readCount,
  readDuration,
  readNames,
} from './one-line-clauses.ts'
import type { LineScanner } from './one-line-scan.ts'
import { type LineKnowledge, readSourceOrMetric } from './one-line-term.ts'

export const DEFAULT_ANOMALY_WINDOW_MS = HOUR
export const DEFAULT_COOLDOWN_MS = DAY
/** One failure of a quiet service is no trend (SRE Workbook, chapter 5, "Low-traffic services"). */
export const DEFAULT_BAD_EVENTS = 2

const LEVEL_ONLY = ['for', 'keep', 'level'] as const

function ruleOf({ by, for: forMs, keep }: Clauses, condition: RuleCondition): OneLineRule {
  return { condition, groupBy: by, forMs, keepFiringForMs: keep }
}

function noLimit(): never {
  throw new Error('no clause of this kind has a limit')
}

/** `3 failures in a row of monitor checkout`. */
export function readFailures(scanner: LineScanner): OneLineRule {
  const failures = readCount(scanner, 'a number of failures')
  if (scanner.take('failures', 'failure') === null) scanner.fail('failures', ['failures'])
  for (const word of failures === 1 ? [] : ['in', 'a', 'row']) scanner.expect(word, '(as in "3 failures in a row")')
  if (failures === 1) scanner.takeAll('in', 'a', 'row')
  const monitors = readMonitors(scanner)
  const clauses = readClauses(scanner, NO_CLAUSES, LEVEL_ONLY, noLimit)
  expectEnd(scanner, LEVEL_ONLY)
  return ruleOf(clauses, { kind: 'consecutive_failures', monitors, failures, level: clauses.level ?? 'critical' })
}

/** `certificate of * expires in 14d [warn in 30d]`. */
export function readExpiry(scanner: LineScanner): OneLineRule {
  scanner.next()
  const monitors = readMonitors(scanner)
  for (const word of ['expires', 'in']) scanner.expect(word, '(as in "expires in 14d")')
  const days = readDays(scanner)
  const allowed = ['for', 'keep', 'level', 'warn'] as const
  const clauses = readClauses(scanner, NO_CLAUSES, allowed, () => {
    scanner.expect('in', 'after warn')
    return { value: readDays(scanner), recovery: null }
  })
  expectEnd(scanner, allowed)
  const isWarning = clauses.level === 'warning'
  return ruleOf(clauses, {
    kind: 'expiry',
    monitors,
    warningDays: isWarning ? days : (clauses.warn?.value ?? null),
    criticalDays: isWarning ? null : days,
  })
}

function readDays(scanner: LineScanner): number {
  const token = scanner.peek()
  const days = readDuration(scanner) / DAY
  return Number.isInteger(days) ? days : scanner.refuse(token, { code: 'whole_days', values: { given: token.text } })
}

/** `of monitor a`, `of monitors a, b`, `of tag:prod`, `of *`. */
function readMonitors(scanner: LineScanner): MonitorSelector {
  const allowed = '"of *", "of monitor checkout" or "of tag:prod"'
  if (scanner.take('of') === null) scanner.fail(allowed, ['of'])
  if (scanner.take('*') !== null) return { keys: null, tag: null }
  const token = scanner.peek()
  if (token.kind === 'word' && token.text.startsWith('tag:')) {
    scanner.next()
    return { keys: null, tag: token.text.slice('tag:'.length) }
  }
  if (scanner.take('tag') !== null) {
    scanner.take(':')
    return { keys: null, tag: scanner.name('a tag').text }
  }
  if (scanner.take('monitor', 'monitors') === null) scanner.fail(allowed, ['monitor', 'monitors', 'tag'])
  const keys = [scanner.name('the key of a monitor').text]
  while (scanner.take(',') !== null) keys.push(scanner.name('the key of a monitor').text)
  return { keys, tag: null }
}

/** `unusual(p95(x)) over 1h up by hour of week sensitivity 2 cooldown 1d`; a warning unless it says otherwise. */
export function readAnomaly(scanner: LineScanner, known: LineKnowledge): OneLineRule {
  scanner.next()
  scanner.expect('(', 'after unusual')
  const source = readSourceOrMetric(scanner, known)
  scanner.expect(')', 'after what is looked at')
  const allowed = ['over', 'by', 'for', 'keep', 'level'] as const
  const own = ['up', 'down', 'by hour of week', 'sensitivity', 'cooldown']
  let condition: AnomalyCondition = {
    kind: 'anomaly',
    source,
    windowMs: DEFAULT_ANOMALY_WINDOW_MS,
    season: 'hour_of_day',
    direction: 'both',
    sensitivity: 1,
    cooldownMs: DEFAULT_COOLDOWN_MS,
    level: 'warning',
  }
  let clauses = NO_CLAUSES
  for (;;) {
    const part = readAnomalyPart(scanner)
    if (part !== null) {
      condition = { ...condition, ...part }
      continue
    }
    const more = readClauses(scanner, clauses, allowed, noLimit)
    if (JSON.stringify(more) === JSON.stringify(clauses)) break
    clauses = more
  }
  expectEnd(scanner, allowed, own)
  const level: Level = clauses.level ?? condition.level
  return ruleOf(clauses, { ...condition, windowMs: clauses.over ?? condition.windowMs, level })
}

function readAnomalyPart(scanner: LineScanner): Partial<AnomalyCondition> | null {
  if (scanner.takeAll('by', 'hour', 'of', 'week')) return { season: 'hour_of_week' }
  if (scanner.takeAll('by', 'hour', 'of', 'day')) return { season: 'hour_of_day' }
  const direction = scanner.take('up', 'down')
  if (direction === 'up' || direction === 'down') return { direction }
  if (scanner.take('sensitivity') !== null) {
    const token = readAmountToken(scanner)
    const sensitivity = Number(token.text)
    return sensitivity > 0
      ? { sensitivity }
      : scanner.refuse(token, { code: 'above_zero', values: { given: token.text } })
  }
  return scanner.take('cooldown') === null ? null : { cooldownMs: readDuration(scanner) }
}

/** `burn(checkout) 14.4x over 1h and 5m or 6x over 6h and 30m with at least 3`. */
export function readBurnRate(scanner: LineScanner): OneLineRule {
  scanner.next()
  scanner.expect('(', 'after burn')
  const slo = scanner.name('the key of an SLO').text
  scanner.expect(')', 'after the SLO')
  const windows: BurnRateCondition['windows'][number][] = [readBurnWindow(scanner)]
  while (scanner.take('or') !== null) windows.push(readBurnWindow(scanner))
  const allowed = ['for', 'keep', 'level', 'atLeast'] as const
  const clauses = readClauses(scanner, NO_CLAUSES, allowed, noLimit)
  expectEnd(scanner, allowed, ['or'])
  const minBadEvents = clauses.atLeast ?? DEFAULT_BAD_EVENTS
  return ruleOf(clauses, { kind: 'burn_rate', slo, windows, minBadEvents, level: clauses.level ?? 'critical' })
}

function readBurnWindow(scanner: LineScanner): BurnRateCondition['windows'][number] {
  const token = readAmountToken(scanner)
  if (!/^\d+(\.\d+)?x$/.test(token.text)) scanner.fail('a burn rate such as 14.4x', [], token)
  const factor = Number(token.text.slice(0, -1))
  scanner.expect('over', 'after the burn rate')
  const longMs = readDuration(scanner)
  scanner.expect('and', 'between the long window and the short one')
  return { factor, longMs, shortMs: readDuration(scanner) }
}

/** `all(rule-a, rule-b)`. */
export function readComposite(scanner: LineScanner, mode: 'all' | 'any'): OneLineRule {
  scanner.next()
  const rules = readNames(scanner, 'the key of a rule')
  const clauses = readClauses(scanner, NO_CLAUSES, LEVEL_ONLY, noLimit)
  expectEnd(scanner, LEVEL_ONLY)
  return ruleOf(clauses, { kind: 'composite', mode, rules, level: clauses.level ?? 'critical' })
}
