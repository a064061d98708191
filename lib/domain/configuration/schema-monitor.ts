import { z } from 'zod'
import {
  dnsConfigSchema,
  heartbeatConfigSchema,
  httpConfigSchema,
  httpExpectSchema,
  keySchema,
  monitorBaseSchema,
  monitorSecretsSchema,
  postgresConfigSchema,
  tcpConfigSchema,
  tlsConfigSchema,
} from '../monitor/config.ts'
import { prometheusConfigSchema } from '../monitor/schema-prometheus.ts'
import { statusPageConfigSchema } from '../monitor/schema-statuspage.ts'
import { DURATION_PATTERN, parseDuration } from '../time/duration.ts'
import { SECOND } from '../time/instant.ts'

const NOT_A_DURATION = 'must be a duration such as 10s, 5m or 1h30m'
const durationText = z.string({ error: NOT_A_DURATION }).regex(DURATION_PATTERN, NOT_A_DURATION)

/** A duration in the file, a whole number of seconds or ms in the program; the bounds are those of the form. */
const inSeconds = (bounds: z.ZodNumber) =>
  durationText
    .refine((text) => (parseDuration(text) ?? 0) % SECOND === 0, 'must be whole seconds')
    .transform((text) => (parseDuration(text) ?? 0) / SECOND)
    .pipe(bounds)
const inMs = (bounds: z.ZodNumber) => durationText.transform((text) => parseDuration(text) ?? 0).pipe(bounds)

const base = monitorBaseSchema.shape
/** What every kind has. Names are those of the file; `desired.ts` knows which column each becomes. */
const shared = {
  name: base.name.optional(),
  interval: inSeconds(base.intervalSeconds.unwrap()).prefault('1m'),
  timeout: inMs(base.timeoutMs.unwrap()).prefault('10s'),
  confirm: base.confirm,
  severity: base.severity,
  /** Keys of channels; none leaves it to the routing by severity. */
  notify: z.array(keySchema).max(50).default([]),
  tags: base.tags,
  group: base.groupName,
  runbook: base.runbookUrl,
  dependsOn: base.dependsOn,
  regions: base.regions,
  quorum: base.quorum,
  /** Absent: paused or not is left to the people in the dashboard. */
  paused: z.boolean().optional(),
}

const secrets = monitorSecretsSchema.shape
const http = httpConfigSchema.shape
const postgres = postgresConfigSchema.shape
const prometheus = prometheusConfigSchema.shape
const statusPage = statusPageConfigSchema.shape
const heartbeat = heartbeatConfigSchema.shape

const auth = z
  .strictObject({ basic: secrets.basicAuth, bearer: secrets.bearerToken })
  .refine((given) => (given.basic === undefined) !== (given.bearer === undefined), 'needs exactly one of basic, bearer')
  .optional()

const httpMonitorSchema = z.strictObject({
  kind: z.literal('http'),
  ...shared,
  url: http.url,
  method: http.method,
  headers: http.headers,
  body: http.body,
  redirects: z
    .strictObject({ follow: z.boolean().default(true), max: z.number().int().min(0).max(10).default(5) })
    .prefault({}),
  maxBodyBytes: http.maxBodyBytes,
  verifyTls: http.verifyTls,
  auth,
  secretHeaders: secrets.headers,
  expect: httpExpectSchema.prefault({}),
})

const tcpMonitorSchema = z.strictObject({
  kind: z.literal('tcp'),
  ...shared,
  host: tcpConfigSchema.shape.host,
  port: tcpConfigSchema.shape.port,
  expect: z.strictObject({ latencyMs: tcpConfigSchema.shape.latencyMs }).prefault({}),
})

const dnsMonitorSchema = z.strictObject({
  kind: z.literal('dns'),
  ...shared,
  host: dnsConfigSchema.shape.host,
  recordType: dnsConfigSchema.shape.recordType,
  resolver: dnsConfigSchema.shape.resolver,
  expect: z.strictObject({ values: dnsConfigSchema.shape.expectValues }).prefault({}),
})

const tlsMonitorSchema = z.strictObject({
  kind: z.literal('tls'),
  ...shared,
  host: tlsConfigSchema.shape.host,
  port: tlsConfigSchema.shape.port,
  expect: z.strictObject({ certificateDays: tlsConfigSchema.shape.certificateDays }).prefault({}),
})

const postgresMonitorSchema = z.strictObject({
  kind: z.literal('postgres'),
  ...shared,
  host: postgres.host,
  port: postgres.port,
  database: postgres.database,
  user: postgres.user,
  password: secrets.password,
  tls: postgres.tls,
  query: postgres.query,
  expect: z.strictObject({ latencyMs: postgres.latencyMs }).prefault({}),
})

const prometheusMonitorSchema = z.strictObject({
  kind: z.literal('prometheus'),
  ...shared,
  url: prometheus.url,
  verifyTls: prometheus.verifyTls,
  auth,
  secretHeaders: secrets.headers,
  collect: prometheus.collect,
  include: prometheus.include,
  expect: z.strictObject({ latencyMs: prometheus.latencyMs, samples: prometheus.samples }).prefault({}),
})

const statusPageMonitorSchema = z.strictObject({
  kind: z.literal('status_page'),
  ...shared,
  url: statusPage.url,
  components: statusPage.components,
})

const heartbeatMonitorSchema = z.strictObject({
  kind: z.literal('heartbeat'),
  ...shared,
  period: inSeconds(heartbeat.periodSeconds.unwrap()).prefault('1d'),
  grace: inSeconds(heartbeat.graceSeconds.unwrap()).prefault('1h'),
  cron: heartbeat.cron,
  timeZone: heartbeat.timeZone,
})

/** A monitor as the file describes it. Fields and their limits are those of the form: one schema refuses a value everywhere. */
export const fileMonitorSchema = z.discriminatedUnion('kind', [
  httpMonitorSchema,
  tcpMonitorSchema,
  dnsMonitorSchema,
  tlsMonitorSchema,
  postgresMonitorSchema,
  prometheusMonitorSchema,
  statusPageMonitorSchema,
  heartbeatMonitorSchema,
])
export type FileMonitor = z.infer<typeof fileMonitorSchema>
