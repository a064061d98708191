import { compilePattern } from './pattern.ts'

export const MATCHER_OPERATORS = ['=', '!=', '=~', '!~'] as const
export type MatcherOperator = (typeof MATCHER_OPERATORS)[number]

/** What an alert is called by. A label may have several values (`tag`); one that is not there counts as empty, as in Prometheus. */
export type Labels = Readonly<Record<string, string | readonly string[]>>

/** The values of a label: the empty one where it is not there. */
export function valuesOf(labels: Labels, name: string): readonly string[] {
  const found = Object.hasOwn(labels, name) ? labels[name] : undefined
  if (found === undefined || found.length === 0) return ['']
  return typeof found === 'string' ? [found] : found
}

/** The same text for the same values of these labels, in whatever order a label has several. */
export function valuesKeyOf(names: readonly string[], labels: Labels): string {
  return JSON.stringify(names.map((name) => valuesOf(labels, name).toSorted()))
}

/** One condition on a label, as in Alertmanager: `severity="critical"`, `monitor=~"shop-.*"`. */
export interface Matcher {
  label: string
  operator: MatcherOperator
  value: string
  /** Whether one value fits, the negation of `!=` and `!~` left out. */
  fits: (value: string) => boolean
}

export type ParsedMatcher = { ok: true; matcher: Matcher } | { ok: false; message: string }

const LABEL_PATTERN = /^[A-Za-z_][A-Za-z0-9_.]*$/
const MATCHER_PATTERN = /^\s*([^=!~\s"]+)\s*(=~|!~|!=|=)\s*(.*?)\s*$/s
const LENGTH = 300

/** Reads `label="value"`; the quotes may be left out. The message of a refusal begins with what was given. */
export function parseMatcher(text: string): ParsedMatcher {
  if (text.length > LENGTH) return { ok: false, message: `a matcher has at most ${LENGTH} characters` }
  const [, label, operator, given] = MATCHER_PATTERN.exec(text) ?? []
  if (label === undefined || operator === undefined || given === undefined)
    return { ok: false, message: `"${text.trim()}" is no matcher: write label="value", with =, !=, =~ or !~` }
  if (!LABEL_PATTERN.test(label))
    return { ok: false, message: `"${label}" is no label: letters, digits, dots and underscores` }
  const value = unquote(given)
  if (value === null) return { ok: false, message: `"${text.trim()}" has a quotation mark too few` }
  if (operator === '=' || operator === '!=')
    return { ok: true, matcher: { label, operator, value, fits: (found) => found === value } }
  const pattern = compilePattern(value)
  return pattern.ok
    ? { ok: true, matcher: { label, operator: operator as MatcherOperator, value, fits: pattern.matches } }
    : { ok: false, message: `"${value}" ${pattern.message}` }
}

/** What matches one of these values. */
export function matcherOf(label: string, ...values: readonly string[]): Matcher {
  const isOne = values.length === 1
  return { label, operator: isOne ? '=' : '=~', value: values.join('|'), fits: (found) => values.includes(found) }
}

/** The one way in which a matcher is stored and shown: `monitor=~"shop-.*"`. */
export function writeMatcher({ label, operator, value }: Pick<Matcher, 'label' | 'operator' | 'value'>): string {
  return `${label}${operator}${JSON.stringify(value)}`
}

/** All of them hold. None at all match nothing: a silence for everything must say so (`monitor=~".*"`). */
export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.length > 0 && matchers.every((matcher) => holds(matcher, labels))
}

function holds({ label, operator, fits }: Matcher, labels: Labels): boolean {
  const any = valuesOf(labels, label).some(fits)
  return operator === '=' || operator === '=~' ? any : !any
}

function unquote(text: string): string | null {
  if (!text.startsWith('"')) return text.includes('"') ? null : text
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : null
  } catch {
    // A pattern is rarely written with its backslashes doubled: "web-\d+" is taken as it stands.
    return /^"(?:[^"\\]|\\.)*"$/s.test(text) ? text.slice(1, -1).replaceAll('\\"', '"') : null
  }
}
