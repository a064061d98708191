import { type FormValues, UNIT_SECONDS } from './form-values.ts'
import { rowCount } from './read-values.ts'

/** What the schemas check. `rows` tells which row of the form each assertion came from: empty ones were passed over. */
export interface SpecInput {
  base: Record<string, unknown>
  target: { kind: string; config: Record<string, unknown> }
  rows: { json: number[]; header: number[] }
}

/** Turns what was typed into what the schemas read. Nothing is refused here: what is no number becomes NaN, and they say so. */
export function toSpecInput(kind: string, values: FormValues): SpecInput {
  const rows = { json: usedRows(values, 'json'), header: usedRows(values, 'header') }
  const base = {
    key: values.key?.trim() || keyFrom(values.name ?? ''),
    name: values.name ?? '',
    ...(kind === 'heartbeat' ? {} : { intervalSeconds: duration(values, 'interval'), timeoutMs: timeoutMs(values) }),
    severity: values.severity,
    confirm: present({ failures: integer(values.confirmFailures), successes: integer(values.confirmSuccesses) }),
    tags: splitList(values.tags, /[,\n]/),
    groupName: values.groupName ?? '',
    runbookUrl: values.runbookUrl?.trim() ?? '',
    dependsOn: splitList(values.dependsOn, /[,\s]+/),
    regions: splitList(values.regions, /,/),
    quorum: quorumOf(values.quorum),
  }
  return { base, target: { kind, config: configOf(kind, values, rows) }, rows }
}

function configOf(kind: string, values: FormValues, rows: SpecInput['rows']): Record<string, unknown> {
  const { host = '' } = values
  switch (kind) {
    case 'http':
      return httpConfig(values, rows)
    case 'tcp':
      return present({ host, port: integer(values.port), latencyMs: integer(values.latencyMs) })
    case 'dns':
      return present({
        host,
        recordType: values.recordType,
        expectValues: splitList(values.expectValues, /\n/),
        resolver: optional(values.resolver),
      })
    case 'tls':
      return present({ host, port: integer(values.port), certificateDays: integer(values.certificateDays) })
    case 'postgres':
      return present({
        host,
        port: integer(values.port),
        database: values.database,
        user: values.user ?? '',
        tls: values.tls,
        query: values.query,
        latencyMs: integer(values.latencyMs),
      })
    case 'prometheus':
      return present({
        url: values.url ?? '',
        verifyTls: values.verifyTls === 'on',
        latencyMs: integer(values.latencyMs),
        samples: splitList(values.samples, /\n/),
        collect: values.collect === 'on',
        include: splitList(values.include, /[,\s]+/),
      })
    case 'status_page':
      return { url: values.url ?? '', components: splitList(values.components, /\n/) }
    default:
      return present({
        periodSeconds: duration(values, 'period'),
        graceSeconds: duration(values, 'grace'),
        cron: optional(values.cron),
        timeZone: optional(values.timeZone),
      })
  }
}

function httpConfig(values: FormValues, rows: SpecInput['rows']): Record<string, unknown> {
  const bodyKb = number(values.maxBodyKb)
  return present({
    url: values.url ?? '',
    method: values.method,
    headers: headerLines(values.headers),
    body: values.body || undefined,
    redirects: present({ follow: values.followRedirects === 'on', max: integer(values.maxRedirects) ?? 5 }),
    maxBodyBytes: bodyKb === undefined ? undefined : Math.round(bodyKb * 1_024),
    verifyTls: values.verifyTls === 'on',
    expect: present({
      status: splitList(values.expectStatus, /[,\s]+/).map((text) => (/^\d+$/.test(text) ? Number(text) : text)),
      latencyMs: integer(values.latencyMs),
      keyword: values.keyword || undefined,
      keywordAbsent: values.keywordAbsent || undefined,
      json: rows.json.map((row) => assertion(values, 'json', row)),
      headers: rows.header.map((row) => assertion(values, 'header', row)),
      healthBody: values.healthBody === 'on',
      certificateDays: integer(values.certificateDays),
    }),
  })
}

function assertion(values: FormValues, name: 'json' | 'header', row: number): Record<string, unknown> {
  const subject = values[`${name}.${row}.subject`]?.trim() ?? ''
  const op = values[`${name}.${row}.op`] ?? 'equals'
  const value = values[`${name}.${row}.value`] ?? ''
  return { [name === 'json' ? 'path' : 'name']: subject, ...expectation(op, value, name === 'json') }
}

function expectation(op: string, value: string, isJson: boolean): Record<string, unknown> {
  if (op === 'exists' || op === 'absent') return { exists: op === 'exists' }
  if (op === 'above' || op === 'below') return { [op]: number(value) }
  return { [op]: isJson && op !== 'contains' ? scalar(value) : value }
}

/** `200`, `true` and `null` mean what JSON means by them; everything else is a text, with or without quotes. */
function scalar(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value === null || typeof value !== 'object' ? value : text
  } catch {
    return text
  }
}

function usedRows(values: FormValues, name: 'json' | 'header'): number[] {
  const all = Array.from({ length: rowCount(values, name) }, (_, row) => row)
  return all.filter((row) => values[`${name}.${row}.subject`]?.trim() || values[`${name}.${row}.value`]?.trim())
}

/** One `Name: value` a line. A line without a colon becomes a name that no header can have, so that the schema refuses it. */
export function headerLines(text = ''): Record<string, string> {
  return Object.fromEntries(
    splitList(text, /\n/).map((line) => {
      const at = line.indexOf(':')
      return at < 0 ? [`${line} `, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    }),
  )
}

/** A key made of a name: "Checkout API (EU)" becomes checkout-api-eu. */
export function keyFrom(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '')
}

export function splitList(text = '', separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** Nothing typed is nothing said; a decimal comma is understood. */
function number(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? undefined : Number(trimmed.replace(',', '.'))
}

const integer = number

function duration(values: FormValues, name: string): number | undefined {
  const amount = number(values[name])
  return amount === undefined ? Number.NaN : Math.round(amount * (UNIT_SECONDS[values[`${name}Unit`] ?? 's'] ?? 1))
}

function timeoutMs(values: FormValues): number | undefined {
  const seconds = number(values.timeout)
  return seconds === undefined ? Number.NaN : Math.round(seconds * 1_000)
}

function quorumOf(text: string | undefined): string | number | undefined {
  return /^\d+$/.test(text ?? '') ? Number(text) : optional(text)
}

function optional(text: string | undefined): string | undefined {
  return text?.trim() || undefined
}

/** Without what was left out: the schemas then fill in their defaults. */
function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
