import type { SpecInput } from './values-to-input.ts'

/** Paths of the schemas that are called otherwise in the form. */
const NAMES: Record<string, string> = {
  intervalSeconds: 'interval',
  timeoutMs: 'timeout',
  'confirm.failures': 'confirmFailures',
  'confirm.successes': 'confirmSuccesses',
  'redirects.max': 'maxRedirects',
  maxBodyBytes: 'maxBodyKb',
  'expect.status': 'expectStatus',
  'expect.latencyMs': 'latencyMs',
  'expect.keyword': 'keyword',
  'expect.keywordAbsent': 'keywordAbsent',
  'expect.certificateDays': 'certificateDays',
  periodSeconds: 'period',
  graceSeconds: 'grace',
}

/** Control to which an error belongs, by the path of the schema or the field of the database function. Null for the form as a whole. */
export function fieldOf(path: string | null, rows: SpecInput['rows']): string | null {
  if (path === null) return null
  const plain = path.replace(/^config\./, '')
  const row = /^expect\.(json|headers)\.(\d+)(?:\.(path|name))?/.exec(plain)
  if (row) {
    const name = row[1] === 'json' ? 'json' : 'header'
    const index = rows[name][Number(row[2])] ?? 0
    return `${name}.${index}.${row[3] ? 'subject' : 'value'}`
  }
  const known = NAMES[plain] ?? NAMES[plain.replace(/\.\d+$/, '')]
  // Lists (`tags.2`) and maps (`headers.X-Y`) are one control each.
  return known ?? plain.split('.')[0] ?? null
}
