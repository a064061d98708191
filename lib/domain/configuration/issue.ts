/** Where in the file something stands: keys of maps and indexes of lists, from the top. */
export type ConfigurationPath = readonly (string | number)[]

/** Something in the file that is not as it should be. `message` ends the sentence that the field begins. */
export interface ConfigurationIssue {
  path: ConfigurationPath
  message: string
}

/** An issue with its place in the text, counted from 1. */
export interface ConfigurationError extends ConfigurationIssue {
  line: number
  column: number
}

/** `monitors.api.expect.json[0].path`; empty for the file as a whole. */
export function formatPath(path: ConfigurationPath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('')
}

/** `vigie.yaml:12:5 monitors.api.interval: must be at least 10 seconds (got "5s")`, which editors and terminals make a link of. */
export function formatConfigurationError(file: string, error: ConfigurationError): string {
  const field = formatPath(error.path)
  return `${file}:${error.line}:${error.column} ${field === '' ? '' : `${field}: `}${error.message}`
}

/** Fields whose text is never repeated in a message. A channel's address is as good as its password. */
const SECRET_FIELDS = new Set(['secret', 'auth', 'password', 'secretHeaders'])

/** True where the file holds a secret, or may. */
export function isSecretPath(path: ConfigurationPath): boolean {
  return (
    path.some((step) => SECRET_FIELDS.has(String(step))) ||
    (path[0] === 'channels' && path[2] === 'url') ||
    (path[0] === 'kpis' && path[2] === 'database')
  )
}

const MAX_QUOTED = 60

/** ` (got "5s")` for text, numbers and the like; nothing for lists, maps, what is missing and what is secret. */
export function quoteGiven(value: unknown, path: ConfigurationPath): string {
  if (value === undefined || (typeof value === 'object' && value !== null) || isSecretPath(path)) return ''
  // An address may hold a password, and an editor's problem list is no place for it.
  const text = (JSON.stringify(value) ?? String(value)).replace(/\/\/[^/@\s"]*@/g, '//…@')
  return ` (got ${text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text})`
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(value: unknown, path: ConfigurationPath): unknown {
  return path.reduce<unknown>(
    (node, step) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, step) ? Reflect.get(node, step) : undefined,
    value,
  )
}
