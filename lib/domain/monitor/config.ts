import { z } from 'zod'
import { isCronExpression } from '../time/cron.ts'
import { isTimeZone } from '../time/format-zoned.ts'
import { DNS_RECORD_TYPES, INTERVAL_SECONDS, TIMEOUT_MS } from './limits.ts'
import { prometheusConfigSchema } from './schema-prometheus.ts'
import { quorumSchema, regionsSchema } from './schema-regions.ts'
import { statusPageConfigSchema } from './schema-statuspage.ts'
import { httpUrl } from './schema-url.ts'
import { SEVERITIES } from './severity.ts'

/**
 * What a monitor watches, per kind. One schema for the form, the YAML file and the API, so that a wrong value is refused
 * with the same words everywhere. Secrets are not part of it: they live encrypted beside it (`MonitorSecrets`).
 */

export const MONITOR_KINDS = [
  'http',
  'tcp',
  'dns',
  'tls',
  'postgres',
  'prometheus',
  'status_page',
  'heartbeat',
] as const
export type MonitorKind = (typeof MONITOR_KINDS)[number]

const DAY_SECONDS = 86_400

const host = z.string().trim().min(1, 'must be a host name or IP address').max(253)
const port = z.number().int().min(1, 'must be 1 to 65535').max(65_535, 'must be 1 to 65535')

/** `$.checks[0].status`: dotted members and indexes, the part of RFC 9535 that a health body needs. */
const jsonPath = z
  .string()
  .max(256)
  .regex(
    /^\$(\.[A-Za-z_][\w-]*|\[\d+\]|\['[^']+'\])*$/,
    'must be a path such as $.status, $.checks.database or $.items[0].id',
  )

const jsonScalar = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()])

export const jsonAssertionSchema = z
  .strictObject({
    path: jsonPath,
    equals: jsonScalar.optional(),
    notEquals: jsonScalar.optional(),
    contains: z.string().max(1_000).optional(),
    above: z.number().optional(),
    below: z.number().optional(),
    exists: z.boolean().optional(),
  })
  .refine(
    (a) => [a.equals, a.notEquals, a.contains, a.above, a.below, a.exists].filter((x) => x !== undefined).length === 1,
    'needs exactly one of equals, notEquals, contains, above, below, exists',
  )
export type JsonAssertion = z.infer<typeof jsonAssertionSchema>

export const headerAssertionSchema = z
  .strictObject({
    name: z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be a header name'),
    equals: z.string().max(1_000).optional(),
    contains: z.string().max(1_000).optional(),
    exists: z.boolean().optional(),
  })
  .refine(
    (a) => [a.equals, a.contains, a.exists].filter((x) => x !== undefined).length === 1,
    'needs exactly one of equals, contains, exists',
  )
export type HeaderAssertion = z.infer<typeof headerAssertionSchema>

/** `200`, `"2xx"` or `"200-299"`. */
const statusMatcher = z.union([
  z.number().int().min(100, 'must be 100 to 599').max(599, 'must be 100 to 599'),
  z.string().regex(/^([1-5]xx|[1-5]\d\d-[1-5]\d\d)$/, 'must be a status such as 200, "2xx" or "200-299"'),
])
export type StatusMatcher = z.infer<typeof statusMatcher>

export const httpExpectSchema = z.strictObject({
  status: z.array(statusMatcher).min(1).max(20).default(['2xx']),
  /** Slower than this is degraded, not down. */
  latencyMs: z.number().int().min(1).max(60_000).optional(),
  keyword: z.string().min(1).max(1_000).optional(),
  keywordAbsent: z.string().min(1).max(1_000).optional(),
  json: z.array(jsonAssertionSchema).max(20).default([]),
  headers: z.array(headerAssertionSchema).max(20).default([]),
  /** Read `{"status":"degraded","checks":{"database":"error"}}` and name the failing check. */
  healthBody: z.boolean().default(true),
  /** Degraded when a certificate of the presented chain ends within so many days. */
  certificateDays: z.number().int().min(0).max(365).default(14),
})

export const httpConfigSchema = z.strictObject({
  url: httpUrl,
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET'),
  headers: z
    .record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be a header name'), z.string().max(4_096))
    .default({}),
  body: z.string().max(65_536).optional(),
  redirects: z
    .strictObject({ follow: z.boolean(), max: z.number().int().min(0).max(10) })
    .default({ follow: true, max: 5 }),
  maxBodyBytes: z.number().int().min(1_024).max(10_485_760).default(1_048_576),
  verifyTls: z.boolean().default(true),
  expect: httpExpectSchema.prefault({}),
})
export type HttpConfig = z.infer<typeof httpConfigSchema>

export const tcpConfigSchema = z.strictObject({ host, port, latencyMs: z.number().int().min(1).max(60_000).optional() })
export type TcpConfig = z.infer<typeof tcpConfigSchema>

export const dnsConfigSchema = z.strictObject({
  host,
  recordType: z.enum(DNS_RECORD_TYPES).default('A'),
  /** Every listed value must be among the answers; an empty list asks only that there is an answer. */
  expectValues: z.array(z.string().max(1_000)).max(20).default([]),
  /** `1.1.1.1` or `1.1.1.1:53`; the machine's own resolver when absent. */
  resolver: z
    .string()
    .regex(
      /^(\d{1,3}(\.\d{1,3}){3}(:\d{1,5})?|\[[0-9a-fA-F:]+\](:\d{1,5})?)$/,
      'must be an IP address, with an optional port',
    )
    .optional(),
})
export type DnsConfig = z.infer<typeof dnsConfigSchema>

export const tlsConfigSchema = z.strictObject({
  host,
  port: port.default(443),
  certificateDays: z.number().int().min(0).max(365).default(14),
})
export type TlsConfig = z.infer<typeof tlsConfigSchema>

/** The password is a secret (`MonitorSecrets.password`). */
export const postgresConfigSchema = z.strictObject({
  host,
  port: port.default(5432),
  database: z.string().min(1).max(63).default('postgres'),
  user: z.string().min(1).max(63),
  tls: z.enum(['disable', 'require', 'verify']).default('require'),
  query: z.string().min(1).max(1_000).default('select 1'),
  latencyMs: z.number().int().min(1).max(60_000).optional(),
})
export type PostgresConfig = z.infer<typeof postgresConfigSchema>

export const heartbeatConfigSchema = z.strictObject({
  /** Expected time between two pings; with `cron`, the schedule decides instead. */
  periodSeconds: z
    .number()
    .int()
    .min(10, 'must be at least 10 seconds')
    .max(31_536_000, 'must be at most 365 days')
    .default(DAY_SECONDS),
  graceSeconds: z
    .number()
    .int()
    .min(10, 'must be at least 10 seconds')
    .max(31_536_000, 'must be at most 365 days')
    .default(3_600),
  cron: z
    .string()
    .max(100)
    .refine(isCronExpression, 'must be a cron expression of five fields such as 30 2 * * *')
    .optional(),
  timeZone: z.string().max(64).refine(isTimeZone, 'must be a time zone such as Europe/Paris').default('UTC'),
})
export type HeartbeatConfig = z.infer<typeof heartbeatConfigSchema>

export const monitorTargetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('http'), config: httpConfigSchema }),
  z.strictObject({ kind: z.literal('tcp'), config: tcpConfigSchema }),
  z.strictObject({ kind: z.literal('dns'), config: dnsConfigSchema }),
  z.strictObject({ kind: z.literal('tls'), config: tlsConfigSchema }),
  z.strictObject({ kind: z.literal('postgres'), config: postgresConfigSchema }),
  z.strictObject({ kind: z.literal('prometheus'), config: prometheusConfigSchema }),
  z.strictObject({ kind: z.literal('status_page'), config: statusPageConfigSchema }),
  z.strictObject({ kind: z.literal('heartbeat'), config: heartbeatConfigSchema }),
])
export type MonitorTarget = z.infer<typeof monitorTargetSchema>

export const confirmSchema = z.strictObject({
  failures: z.number().int().min(1, 'must be 1 to 5').max(5, 'must be 1 to 5').default(2),
  successes: z.number().int().min(1, 'must be 1 to 5').max(5, 'must be 1 to 5').default(2),
})
export type ConfirmPolicy = z.infer<typeof confirmSchema>

/** Stable key of a monitor, channel or project: what the YAML file, the API and links call it. */
export const keySchema = z
  .string()
  .trim()
  .min(1)
  .max(63)
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'must be lower-case letters, digits and dashes, such as checkout-api')
  .refine((key) => key !== 'new', 'must not be "new": the page that makes one stands at that address')

/** Projects stand at the root of the site, where these addresses are taken or will be. The same list stands in the database. */
export const RESERVED_SLUGS: readonly string[] = [
  'ack',
  'api',
  'auth',
  'docs',
  'feedback',
  'ingest',
  'metrics',
  'ping',
  'settings',
  'setup',
  'sign-in',
  'sign-out',
  'static',
  'status',
  'vitals',
]

/** Key of a project, as it stands in addresses. */
export const projectSlugSchema = keySchema.refine(
  (slug) => !RESERVED_SLUGS.includes(slug),
  `must not be one of ${RESERVED_SLUGS.join(', ')}: these addresses are taken`,
)

/** The fields that every kind shares. */
export const monitorBaseSchema = z.strictObject({
  key: keySchema,
  name: z.string().trim().min(1, 'must not be empty').max(120),
  intervalSeconds: z
    .number()
    .int()
    .min(INTERVAL_SECONDS.min, 'must be at least 10 seconds')
    .max(INTERVAL_SECONDS.max, 'must be at most 24 hours')
    .default(INTERVAL_SECONDS.default),
  timeoutMs: z
    .number()
    .int()
    .min(TIMEOUT_MS.min, 'must be at least 100 ms')
    .max(TIMEOUT_MS.max, 'must be at most 60 s')
    .default(TIMEOUT_MS.default),
  severity: z.enum(SEVERITIES).default('high'),
  confirm: confirmSchema.prefault({}),
  tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  groupName: z.string().trim().max(60).default(''),
  runbookUrl: z.union([z.literal(''), httpUrl]).default(''),
  /** Keys of monitors: while one of them is down, alerts of this one are not told. */
  dependsOn: z.array(keySchema).max(20, 'must be at most 20 monitors').default([]),
  regions: regionsSchema.default([]),
  quorum: quorumSchema.default('majority'),
})
export type MonitorBase = z.infer<typeof monitorBaseSchema>

/** Encrypted beside the monitor, write-only: never selected for a browser, never logged. */
export const monitorSecretsSchema = z.strictObject({
  basicAuth: z.strictObject({ user: z.string().max(256), password: z.string().max(1_024) }).optional(),
  bearerToken: z.string().max(8_192).optional(),
  headers: z.record(z.string(), z.string().max(8_192)).optional(),
  password: z.string().max(1_024).optional(),
})
export type MonitorSecrets = z.infer<typeof monitorSecretsSchema>

export type MonitorSpec = MonitorBase & MonitorTarget
