import type { Source, Term } from '../series/panel.ts'
import type { Aggregate } from '../series/question.ts'
import { AGGREGATES, type Condition } from '../series/question.ts'
import type { MetricKind } from '../series/sample.ts'
import type { LineScanner } from './one-line-scan.ts'
import { VIRTUAL_METRICS } from './virtual-metrics.ts'
import type { UnitOf } from './words.ts'

/** What is known of metrics where a line is read. Functions answer null for what they do not know. */
export interface LineKnowledge {
  /** All that there are; absent where a line may be about one that is still to come. */
  metrics?: readonly string[]
  unitOf?: UnitOf
  kindOf?: (metric: string) => MetricKind | null
}

/** How lines of other kinds begin: a rule that is nearly one of them was meant as such. */
const OTHER_BEGINNINGS = ['absent', 'unusual', 'certificate', 'burn', 'all', 'any']

/** `p95(metric{a="b"})`, `sum(a) / sum(b)`, `1 - avg(a)`. */
export function readSource(scanner: LineScanner): Source {
  const isRest = scanner.takeAll('1', '-')
  const of = readTerm(scanner)
  const per = scanner.take('/') === null ? undefined : readTerm(scanner)
  return { of, ...(per === undefined ? {} : { per }), ...(isRest ? { isRest } : {}) }
}

function readTerm(scanner: LineScanner): Term {
  const token = scanner.peek()
  if (token.kind !== 'word' || !isAggregate(token.text))
    scanner.fail({ oneOf: AGGREGATES, orEnd: false }, [...AGGREGATES, ...OTHER_BEGINNINGS], token)
  const aggregate = token.text
  scanner.next()
  scanner.expect('(', 'after', aggregate)
  const { metric, where } = readSeries(scanner)
  scanner.expect(')', 'or "{" after the metric')
  return { metric, aggregate, ...(where === null ? {} : { where }) }
}

/** `unusual(…)` takes a bare metric too: the mean of what is measured, and how fast a counter grows. */
export function readSourceOrMetric(scanner: LineScanner, { kindOf }: LineKnowledge): Source {
  const [first, second] = [scanner.peek(), scanner.peek(1)]
  if (second.text === '(' || (first.text === '1' && second.text === '-')) return readSource(scanner)
  const { metric, where } = readSeries(scanner)
  const kind = VIRTUAL_METRICS.get(metric)?.kind ?? kindOf?.(metric) ?? null
  if (kind === null) scanner.refuse(first, { code: 'bare_metric', values: { metric } })
  return { of: { metric, aggregate: kind === 'counter' ? 'rate' : 'avg', ...(where === null ? {} : { where }) } }
}

/** `metric{a="b", c="5*", d=null}`. */
export function readSeries(scanner: LineScanner): { metric: string; where: Record<string, Condition> | null } {
  const metric = scanner.name('the name of a metric').text
  if (scanner.take('{') === null) return { metric, where: null }
  const where: Record<string, Condition> = {}
  while (scanner.take('}') === null) {
    const token = scanner.peek()
    const name = scanner.name('the name of an attribute').text
    if (Object.hasOwn(where, name)) scanner.refuse(token, { code: 'twice', values: { name } })
    where[name] = readCondition(scanner)
    if (scanner.peek().text !== '}') scanner.expect(',', 'or "}" after a condition')
  }
  return { metric, where: Object.keys(where).length === 0 ? null : where }
}

/** `=` reads a star at the end as "begins with"; `==` takes the text as it is. */
function readCondition(scanner: LineScanner): Condition {
  const sign = scanner.take('=', '==')
  if (sign === null) scanner.fail('= or ==', [])
  const { kind, text } = scanner.name('a text in quotes, or null for series without the attribute')
  if (kind === 'word' && text === 'null') return null
  return sign === '=' && text.endsWith('*') ? { prefix: text.slice(0, -1) } : text
}

function isAggregate(word: string): word is Aggregate {
  return (AGGREGATES as readonly string[]).includes(word)
}
