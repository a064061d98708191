import type { ExposedSample, MetricFamily } from '../../../domain/probe/exposition.ts'
import type { SampleLine } from './lex-sample.ts'
import type { LineFault } from './line-scanner.ts'
import { readTimestamp, readValue } from './numbers.ts'

/** Of all label names and values together (OpenMetrics 1.0, section Exemplars). */
const EXEMPLAR_MAX_CHARS = 128
const COUNTS = ['_total', '_count', '_bucket', '_gcount']

/** What OpenMetrics asks of one sample by the type of its family; null when all of it holds. `ending` is what its name adds. */
export function findSampleFault(
  family: MetricFamily,
  ending: string,
  { labels, value }: ExposedSample,
  line: SampleLine,
): LineFault | null {
  const { type, name } = family
  const labelOf = (wanted: string) => labels.find(([label]) => label === wanted)?.[1]
  const isCount = COUNTS.includes(ending) || (ending === '_sum' && type !== 'unknown')
  if (isCount && !(value >= 0)) return { expected: 'a number that is not negative', got: line.value }
  if (ending === '_gsum' && Number.isNaN(value)) return { expected: 'a number', got: line.value }
  if (ending === '_bucket') {
    const le = labelOf('le')
    if (le === undefined || !isBound(le)) return { expected: 'a label le with a number or +Inf', got: le ?? 'nothing' }
  }
  if (type === 'summary' && ending === '') {
    const quantile = readValue(labelOf('quantile') ?? '')
    if (quantile === null || !(quantile >= 0 && quantile <= 1)) {
      return { expected: 'a label quantile from 0 to 1', got: labelOf('quantile') ?? 'nothing' }
    }
    if (value < 0) return { expected: 'a number that is not negative', got: line.value }
  }
  if (type === 'info' && value !== 1) return { expected: '1, the value of an info', got: line.value }
  if (type === 'stateset') {
    if (labelOf(name) === undefined) return { expected: `a label ${name} with the name of the state`, got: 'nothing' }
    if (value !== 0 && value !== 1) return { expected: '0 or 1, the values of a state', got: line.value }
  }
  return findExemplarFault(family, ending, line)
}

/** `+Inf` has one spelling, finite bounds may have any. */
function isBound(text: string): boolean {
  const bound = readValue(text)
  return text === '+Inf' || (bound !== null && Number.isFinite(bound))
}

function findExemplarFault({ type }: MetricFamily, ending: string, { exemplar }: SampleLine): LineFault | null {
  if (exemplar === null) return null
  const isAllowed =
    (type === 'counter' && ending === '_total') ||
    ((type === 'histogram' || type === 'gaugehistogram') && ending === '_bucket')
  if (!isAllowed) return { expected: 'no exemplar but of counters and buckets', got: 'an exemplar' }
  const { labels, value, timestamp } = exemplar
  if (readValue(value) === null) return { expected: 'a number as the value of the exemplar', got: value }
  if (timestamp !== null && readTimestamp(timestamp, true) === null) {
    return { expected: 'a number of seconds as the time of the exemplar', got: timestamp }
  }
  // Characters of Unicode, not the halves of which JavaScript counts two for some.
  const length = labels.reduce((sum, [name, text]) => sum + [...name].length + [...text].length, 0)
  if (length <= EXEMPLAR_MAX_CHARS) return null
  return { expected: `at most ${EXEMPLAR_MAX_CHARS} characters of labels in an exemplar`, got: `${length}` }
}
