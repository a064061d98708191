import type { ConfigurationIssue, ConfigurationPath } from './issue.ts'

/** The value of a variable, or why there is none, as the end of a sentence that begins with `${NAME}`. */
export type LookUpVariable = (name: string) => { ok: true; value: string } | { ok: false; message: string }

/** `$${` is a literal `${`; anything else that begins with `${` must be a reference. */
const REFERENCE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{/g

/** Refused in every text: Postgres stores neither U+0000 nor half a surrogate pair in JSON. */
const UNSTORABLE = /\p{Surrogate}|\0/u

/**
 * Fills `${NAME}` in every text of a parsed file, at any depth; keys stay as they are. A filled-in value is never read again, so that a
 * password may hold `${`, quotes or line breaks. What could not be filled in is reported and left as it stands.
 */
export function interpolate(value: unknown, lookUp: LookUpVariable): { value: unknown; issues: ConfigurationIssue[] } {
  const issues: ConfigurationIssue[] = []
  return { value: fill(value, lookUp, [], issues), issues }
}

function fill(value: unknown, lookUp: LookUpVariable, path: ConfigurationPath, issues: ConfigurationIssue[]): unknown {
  if (typeof value === 'string') return fillText(value, lookUp, path, issues)
  if (Array.isArray(value)) return value.map((item, index) => fill(item, lookUp, [...path, index], issues))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fill(item, lookUp, [...path, key], issues)]),
  )
}

function fillText(text: string, lookUp: LookUpVariable, path: ConfigurationPath, issues: ConfigurationIssue[]): string {
  const filled = text.replace(REFERENCE, (whole, name: string | undefined) => {
    if (whole === '$${') return '${'
    if (name === undefined) {
      issues.push({ path, message: 'has a ${ that is no ${NAME}: write $${ for a literal ${' })
      return whole
    }
    const found = lookUp(name)
    if (found.ok) return found.value
    issues.push({ path, message: `\${${name}} ${found.message}` })
    return whole
  })
  if (UNSTORABLE.test(filled))
    issues.push({ path, message: 'holds a character that cannot be stored (NUL or half a pair)' })
  return filled
}

/** Makes every text of a value read as it stands: what `interpolate` undoes. */
export function escapeReferences(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', () => '$${')
  if (Array.isArray(value)) return value.map(escapeReferences)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escapeReferences(item)]))
}
