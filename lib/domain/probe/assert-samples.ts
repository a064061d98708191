import { parseSampleAssertion, type SampleAssertion, type SampleOperator } from '../monitor/sample-assertion.ts'
import type { ExposedSample, Exposition } from './exposition.ts'
import type { Finding } from './finding.ts'
import type { SeenFact } from './outcome.ts'
import { excerptText, quoteValue } from './quote.ts'

const COMPARE: Record<SampleOperator, (one: number, other: number) => boolean> = {
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '==': (one, other) => one === other,
  '!=': (one, other) => one !== other,
}
const LABELS_MAX_CHARS = 200

/**
 * One finding for each assertion that does not hold: the first sample that fails it, or that there is none at all. NaN fails every
 * comparison but `!=`, as in PromQL.
 */
export function assertSamples(
  assertions: readonly string[],
  exposition: Exposition,
  secrets: readonly string[],
): { findings: Finding[]; seen: SeenFact[] } {
  // A scrape may have a hundred thousand samples, and most monitors ask for none of them.
  const byName = assertions.length === 0 ? new Map<string, ExposedSample[]>() : groupByName(exposition)
  const results = assertions.map((text) => {
    const parsed = parseSampleAssertion(text)
    // The schema has read it before.
    if (!parsed.ok) throw new Error(`${text} ${parsed.message}`)
    return check(parsed.assertion, byName, secrets)
  })
  return { findings: results.flatMap(({ finding }) => finding ?? []), seen: results.flatMap(({ seen }) => seen ?? []) }
}

function groupByName({ families }: Exposition): Map<string, ExposedSample[]> {
  const byName = new Map<string, ExposedSample[]>()
  for (const sample of families.flatMap(({ samples }) => samples)) {
    const known = byName.get(sample.name)
    if (known === undefined) byName.set(sample.name, [sample])
    else known.push(sample)
  }
  return byName
}

function check(
  assertion: SampleAssertion,
  byName: ReadonlyMap<string, readonly ExposedSample[]>,
  secrets: readonly string[],
): { finding: Finding | null; seen: SeenFact | null } {
  const { metric, comparison, text } = assertion
  const meant = (byName.get(metric) ?? []).filter((sample) => isMeant(assertion, sample))
  const [first] = meant
  if (first === undefined) {
    const expected = comparison === null ? 'to be present' : `${comparison.operator} ${comparison.value}`
    const finding = report(
      `sample ${selectorOf(text, comparison)}`,
      expected,
      'nothing',
      `${text}: there is no such sample`,
    )
    return { finding, seen: null }
  }
  const failing = comparison && meant.find(({ value }) => !COMPARE[comparison.operator](value, comparison.value))
  if (!failing) return { finding: null, seen: { subject: nameOf(first, secrets), value: formatValue(first.value) } }
  const subject = nameOf(failing, secrets)
  const got = formatValue(failing.value)
  const expected = `${comparison.operator} ${comparison.value}`
  return { finding: report(subject, expected, got, `${subject} is ${got}, expected ${expected}`), seen: null }
}

function report(subject: string, expected: string, got: string, sentence: string): Finding {
  return { verdict: 'down', cause: 'assertion', failure: { subject, expected, got }, sentence }
}

/** A label that is absent is empty, as in PromQL. */
function isMeant({ labels }: SampleAssertion, sample: ExposedSample): boolean {
  return labels.every(({ name, isEqual, value }) => {
    const given = sample.labels.find(([label]) => label === name)?.[1] ?? ''
    return (given === value) === isEqual
  })
}

function selectorOf(text: string, comparison: SampleAssertion['comparison']): string {
  return comparison === null ? text : text.slice(0, text.lastIndexOf(comparison.operator)).trim()
}

function nameOf({ name, labels }: ExposedSample, secrets: readonly string[]): string {
  if (labels.length === 0) return `sample ${name}`
  const inside = labels.map(([label, value]) => `${label}=${quoteValue(value, secrets)}`).join(',')
  return `sample ${name}{${inside.length > LABELS_MAX_CHARS ? `${excerptText(inside, secrets, LABELS_MAX_CHARS)}…` : inside}}`
}

/** As Prometheus writes them. */
function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  return String(value)
}
