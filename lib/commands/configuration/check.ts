import { type DesiredConfiguration, toDesired } from '../../domain/configuration/desired.ts'
import { interpolate, type LookUpVariable } from '../../domain/configuration/interpolate.ts'
import { type ConfigurationError, type ConfigurationIssue, formatPath } from '../../domain/configuration/issue.ts'
import { configurationFileSchema } from '../../domain/configuration/schema.ts'
import { toConfigurationIssues } from '../../domain/configuration/schema-issues.ts'
import { explainIssue } from '../../domain/monitor/schema-issues.ts'
import type { ConfigurationSyntax } from '../../ports/configuration-syntax.ts'

export type CheckedConfiguration =
  | {
      ok: true
      desired: DesiredConfiguration
      /** The file's data with variables filled in. */
      value: unknown
      place(issues: readonly ConfigurationIssue[]): ConfigurationError[]
    }
  | { ok: false; errors: ConfigurationError[] }

/** Reads a file and checks all of it. Every error is found in one go, in the order of the text; nothing is read or written elsewhere. */
export function checkConfiguration(
  text: string,
  syntax: ConfigurationSyntax,
  lookUp: LookUpVariable,
): CheckedConfiguration {
  const read = syntax.read(text)
  if (!read.ok) return read
  const place = (issues: readonly ConfigurationIssue[]): ConfigurationError[] =>
    issues
      .map((issue) => ({ ...issue, ...read.locate(issue.path) }))
      .sort((a, b) => a.line - b.line || a.column - b.column)
  const filled = interpolate(read.value, lookUp)
  const parsed = configurationFileSchema.safeParse(filled.value, { error: explainIssue })
  if (parsed.success && filled.issues.length === 0)
    return { ok: true, desired: toDesired(parsed.data), value: filled.value, place }
  const refused = parsed.success ? [] : toConfigurationIssues(parsed.error, read.value)
  // A text that lacks its variable is no address or duration either; saying that as well would point the wrong way.
  const unfilled = new Set(filled.issues.map(({ path }) => formatPath(path)))
  return {
    ok: false,
    errors: place([...filled.issues, ...refused.filter(({ path }) => !unfilled.has(formatPath(path)))]),
  }
}
