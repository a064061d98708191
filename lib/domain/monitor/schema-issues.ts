import type { z } from 'zod'
import { suggestName } from './suggest-name.ts'

type RawIssue = z.core.$ZodRawIssue
type Issue = z.core.$ZodIssue

const NOUNS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of fields',
  record: 'a map',
  null: 'null',
}

/**
 * Words for what a schema itself has no words for. Passed to `safeParse`, where a schema's own message comes first. For unknown fields it
 * answers the known ones, which zod tells nobody later; `flattenIssues` makes sentences of them.
 */
export function explainIssue(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${NOUNS[String(issue.expected)] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${listWords(issue.values as unknown[])}`
    case 'invalid_union':
      return Array.isArray(issue.options) ? `must be ${listWords(issue.options)}` : undefined
    case 'too_small':
      return explainBound(issue, 'at least', Number(issue.minimum))
    case 'too_big':
      return explainBound(issue, 'at most', Number(issue.maximum))
    case 'unrecognized_keys':
      return JSON.stringify(Object.keys((issue.inst as z.ZodObject | undefined)?.shape ?? {}))
    default:
      return undefined
  }
}

function explainBound(issue: RawIssue & { origin?: string }, word: string, bound: number): string {
  if (issue.origin === 'string')
    return bound === 1 && word === 'at least' ? 'must not be empty' : `must have ${word} ${bound} characters`
  if (issue.origin === 'array') return `must have ${word} ${bound} ${bound === 1 ? 'entry' : 'entries'}`
  return `must be ${word} ${bound}`
}

/** `a, b or c`. */
function listWords(values: readonly unknown[]): string {
  const words = values.map(String)
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** One thing that is wrong. `message` ends the sentence that the field begins. */
export interface FlatIssue {
  path: readonly (string | number)[]
  message: string
  /** The field's name is what is wrong, and its value says nothing. */
  isNameWrong?: boolean
}

/** What a schema refused, one entry for each thing that is wrong. */
export function flattenIssues(error: z.ZodError): FlatIssue[] {
  return error.issues.flatMap(flatten)
}

function flatten(issue: Issue): FlatIssue[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: explainUnknownField(key, issue.message),
      isNameWrong: true,
    }))
  }
  // A bad key of a map: what is wrong with it stands one level deeper, under a path of its own.
  if (issue.code === 'invalid_key')
    return [{ path, message: issue.issues[0]?.message ?? issue.message, isNameWrong: true }]
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [meant, ...others] = issue.errors.filter((errors) => !errors.some(isOfAnotherType))
    if (meant !== undefined && others.length === 0)
      return meant.flatMap(flatten).map((inner) => ({ ...inner, path: [...path, ...inner.path] }))
    const nouns = issue.errors.map((errors) => (errors[0]?.message ?? '').replace(/^must be /, ''))
    return [{ path, message: `must be ${listWords(nouns)}` }]
  }
  return [{ path, message: issue.message }]
}

/** The value was meant for another member of a union. */
function isOfAnotherType({ code, path }: Issue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union')
}

function explainUnknownField(key: string, known: string): string {
  const near = suggestName(key, JSON.parse(known) as string[])
  return near === null ? 'is not a field that belongs here' : `is not a field that belongs here: did you mean ${near}?`
}
