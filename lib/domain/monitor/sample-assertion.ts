export const SAMPLE_OPERATORS = ['>=', '<=', '==', '!=', '>', '<'] as const
export type SampleOperator = (typeof SAMPLE_OPERATORS)[number]

/** What must hold of the samples that a scrape reads. */
export interface SampleAssertion {
  /** As it was written. */
  text: string
  metric: string
  labels: readonly { name: string; isEqual: boolean; value: string }[]
  /** Null asks only that there is such a sample. */
  comparison: { operator: SampleOperator; value: number } | null
}

export type ParsedSampleAssertion = { ok: true; assertion: SampleAssertion } | { ok: false; message: string }

const METRIC = /\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*/y
const LABEL = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=|!=)\s*"((?:[^"\\\n]|\\["\\n])*)"\s*(,|(?=\}))/y
const COMPARISON = /\s*(>=|<=|==|!=|>|<)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*$/y
const FORM = 'must be such as queue_length{queue="mail"} < 100'

/**
 * Reads `queue_length{queue="mail"} < 100`: a metric, labels with `=` and `!=` as PromQL writes them, and a comparison with a number, which
 * may be left out. No regular expressions: one that a person mistypes could keep the prober busy for minutes.
 */
export function parseSampleAssertion(text: string): ParsedSampleAssertion {
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match !== null) at = pattern.lastIndex
    return match
  }
  const metric = take(METRIC)?.[1]
  if (metric === undefined) return { ok: false, message: `${FORM}: it begins with the name of a metric` }
  const labels: { name: string; isEqual: boolean; value: string }[] = []
  if (text[at] === '{') {
    at += 1
    for (let label = take(LABEL); label !== null; label = take(LABEL)) {
      const [, name = '', operator, value = ''] = label
      labels.push({ name, isEqual: operator === '=', value: unescapeValue(value) })
    }
    if (text[at] !== '}') return { ok: false, message: `${FORM}: its labels are name="value" or name!="value"` }
    at += 1
  }
  if (text.slice(at).trim() === '') return { ok: true, assertion: { text, metric, labels, comparison: null } }
  const [, operator, value] = take(COMPARISON) ?? []
  const known = SAMPLE_OPERATORS.find((one) => one === operator)
  if (known === undefined) {
    return { ok: false, message: `${FORM}: it ends with one of > >= < <= == != and a number` }
  }
  return { ok: true, assertion: { text, metric, labels, comparison: { operator: known, value: Number(value) } } }
}

function unescapeValue(value: string): string {
  return value.replace(/\\(.)/g, (_whole, letter: string) => (letter === 'n' ? '\n' : letter))
}
