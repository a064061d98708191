import type { z } from 'zod'
import { flattenIssues } from '../monitor/schema-issues.ts'
import { type ConfigurationIssue, quoteGiven, valueAt } from './issue.ts'

/**
 * What is wrong with a file that its schema refused, one line each. `given` is the value before variables were filled in: a message
 * must not print the content of one.
 */
export function toConfigurationIssues(error: z.ZodError, given: unknown): ConfigurationIssue[] {
  return flattenIssues(error).map(({ path, message, isNameWrong }) => ({
    path,
    message: isNameWrong ? message : `${message}${quoteGiven(valueAt(given, path), path)}`,
  }))
}
