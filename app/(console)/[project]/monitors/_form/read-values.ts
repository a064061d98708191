import type { FormValues } from './form-values.ts'

/** Controls whose content is never sent back to a page. */
const SECRETS = new Set(['authPassword', 'authToken', 'secretHeaders', 'password'])

/** The controls of a submitted form. React's own fields (`$…`) are left out. */
export function readValues(form: FormData): FormValues {
  const values: Record<string, string> = {}
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string' && !name.startsWith('$')) values[name] = value.replaceAll('\r\n', '\n')
  }
  const listOf = (name: string) => form.getAll(name).map(String).join(',')
  return { ...values, notify: listOf('notify'), regions: listOf('regions') }
}

/** The same without what must not travel back. */
export function withoutSecrets(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !SECRETS.has(name)))
}

/** How many rows of assertions a form shows: those that hold something, and room for one. */
export function rowCount(values: FormValues, name: 'json' | 'header'): number {
  const used = Object.keys(values)
    .filter((key) => key.startsWith(`${name}.`) && values[key] !== '' && !key.endsWith('.op'))
    .map((key) => Number(key.split('.')[1]) + 1)
  return Math.max(1, ...used, Number(values[`${name}Rows`] ?? 0))
}
