import type { z } from 'zod'

/** The first thing that zod found, as a field and the end of a sentence. `path` is where the value itself stands. */
export function firstIssue(error: z.ZodError, path: string): { field: string; message: string } {
  const issue = error.issues[0]
  if (!issue) return { field: path, message: 'is not valid' }
  const message =
    issue.code === 'invalid_type' && issue.message.startsWith('Invalid') ? expectation(issue.expected) : issue.message
  return { field: issue.path.reduce<string>(step, path), message: lowerFirst(message) }
}

/** For required fields: one that is not there is told apart from one that is wrong. */
export function missingOr(message: string): { error: (issue: { input?: unknown }) => string } {
  return { error: ({ input }) => (input === undefined ? 'is missing' : message) }
}

function step(path: string, key: PropertyKey): string {
  if (typeof key === 'number') return `${path}[${key}]`
  return path === '' || path.endsWith(': ') ? `${path}${String(key)}` : `${path}.${String(key)}`
}

const WORDS: Record<string, string> = {
  array: 'a list',
  object: 'an object',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
}

function expectation(expected: string): string {
  return `must be ${WORDS[expected] ?? expected}`
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
