import type { HttpConfig, MonitorSpec } from '@/lib/domain/monitor/config.ts'
import { INTERVAL_SECONDS, TIMEOUT_MS } from '@/lib/domain/monitor/limits.ts'

/** A form as it stands on the page: every control by its name. Boxes are `on` or empty, `notify` and `regions` join theirs with commas. */
export type FormValues = Readonly<Record<string, string>>

export const JSON_OPS = ['equals', 'notEquals', 'contains', 'above', 'below', 'exists', 'absent'] as const
export const HEADER_OPS = ['equals', 'contains', 'exists', 'absent'] as const

const UNITS = [
  { unit: 'h', seconds: 3_600 },
  { unit: 'min', seconds: 60 },
  { unit: 's', seconds: 1 },
] as const
export const UNIT_SECONDS: Record<string, number> = Object.fromEntries(
  UNITS.map(({ unit, seconds }) => [unit, seconds]),
)

/** What a new monitor of a kind begins with: the defaults of the schemas, written out so that one sees them. */
export function freshValues(kind: string): FormValues {
  return {
    ...durationValues('interval', INTERVAL_SECONDS.default),
    timeout: String(TIMEOUT_MS.default / 1_000),
    severity: 'high',
    confirmFailures: '2',
    confirmSuccesses: '2',
    quorum: 'majority',
    secretOp: 'set',
    ...KIND_DEFAULTS[kind],
  }
}

const KIND_DEFAULTS: Record<string, FormValues> = {
  http: {
    method: 'GET',
    expectStatus: '2xx',
    healthBody: 'on',
    certificateDays: '14',
    followRedirects: 'on',
    maxRedirects: '5',
    maxBodyKb: '1024',
    verifyTls: 'on',
  },
  dns: { recordType: 'A' },
  tls: { port: '443', certificateDays: '14' },
  postgres: { port: '5432', database: 'postgres', tls: 'require', query: 'select 1' },
  prometheus: { verifyTls: 'on' },
  heartbeat: { ...durationValues('period', 86_400), ...durationValues('grace', 3_600), timeZone: 'UTC' },
}

/** A stored monitor as its form. Secrets are not part of it: they are never read back. */
export function valuesOf(
  spec: MonitorSpec,
  extra: { hasSecret: boolean; notifyChannelIds: readonly string[] },
): FormValues {
  return {
    name: spec.name,
    key: spec.key,
    ...durationValues('interval', spec.intervalSeconds),
    timeout: String(spec.timeoutMs / 1_000),
    severity: spec.severity,
    confirmFailures: String(spec.confirm.failures),
    confirmSuccesses: String(spec.confirm.successes),
    tags: spec.tags.join(', '),
    groupName: spec.groupName,
    runbookUrl: spec.runbookUrl,
    dependsOn: spec.dependsOn.join(', '),
    regions: spec.regions.join(','),
    quorum: String(spec.quorum),
    notify: extra.notifyChannelIds.join(','),
    secretOp: extra.hasSecret ? 'keep' : 'set',
    ...targetValues(spec),
  }
}

function targetValues(spec: MonitorSpec): FormValues {
  switch (spec.kind) {
    case 'http':
      return httpValues(spec.config)
    case 'tcp':
      return { host: spec.config.host, port: String(spec.config.port), latencyMs: text(spec.config.latencyMs) }
    case 'dns': {
      const { host, recordType, expectValues, resolver } = spec.config
      return { host, recordType, expectValues: expectValues.join('\n'), resolver: resolver ?? '' }
    }
    case 'tls': {
      const { host, port, certificateDays } = spec.config
      return { host, port: String(port), certificateDays: String(certificateDays) }
    }
    case 'postgres': {
      const { host, port, database, user, tls, query, latencyMs } = spec.config
      return { host, port: String(port), database, user, tls, query, latencyMs: text(latencyMs) }
    }
    case 'prometheus': {
      const { url, verifyTls, latencyMs, samples, collect, include } = spec.config
      return {
        url,
        verifyTls: box(verifyTls),
        latencyMs: text(latencyMs),
        samples: samples.join('\n'),
        collect: box(collect),
        include: include.join(', '),
      }
    }
    case 'status_page':
      return { url: spec.config.url, components: spec.config.components.join('\n') }
    case 'heartbeat': {
      const { periodSeconds, graceSeconds, cron, timeZone } = spec.config
      return {
        ...durationValues('period', periodSeconds),
        ...durationValues('grace', graceSeconds),
        cron: cron ?? '',
        timeZone,
      }
    }
  }
}

function httpValues(config: HttpConfig): FormValues {
  const { expect } = config
  return {
    url: config.url,
    method: config.method,
    headers: Object.entries(config.headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    body: config.body ?? '',
    followRedirects: box(config.redirects.follow),
    maxRedirects: String(config.redirects.max),
    maxBodyKb: String(config.maxBodyBytes / 1_024),
    verifyTls: box(config.verifyTls),
    expectStatus: expect.status.join(', '),
    latencyMs: text(expect.latencyMs),
    keyword: expect.keyword ?? '',
    keywordAbsent: expect.keywordAbsent ?? '',
    healthBody: box(expect.healthBody),
    certificateDays: String(expect.certificateDays),
    ...rowValues('json', expect.json, (row) => row.path),
    ...rowValues('header', expect.headers, (row) => row.name),
  }
}

function rowValues<Row extends object>(name: string, rows: readonly Row[], subject: (row: Row) => string): FormValues {
  const values: Record<string, string> = {}
  for (const [index, row] of rows.entries()) {
    const [op = 'equals', expected] = Object.entries(row).find(([key]) => key !== 'path' && key !== 'name') ?? []
    values[`${name}.${index}.subject`] = subject(row)
    values[`${name}.${index}.op`] = op === 'exists' && expected === false ? 'absent' : op
    values[`${name}.${index}.value`] =
      op === 'exists' ? '' : formatScalar(expected, name === 'json' && op !== 'contains')
  }
  return values
}

/** A text that would be read as a number, a boolean or null is quoted, so that it comes back as the text that it is. */
function formatScalar(value: unknown, isJson: boolean): string {
  if (typeof value !== 'string') return String(value)
  return isJson && /^(true|false|null|-?\d.*|".*")$/s.test(value) ? JSON.stringify(value) : value
}

/** In the largest unit that leaves it whole. */
export function durationValues(name: string, seconds: number): FormValues {
  const { unit, seconds: size } = UNITS.find((candidate) => seconds % candidate.seconds === 0) ?? UNITS[2]
  return { [name]: String(seconds / size), [`${name}Unit`]: unit }
}

const box = (isOn: boolean): string => (isOn ? 'on' : '')
const text = (value: number | undefined): string => (value === undefined ? '' : String(value))
