import { DEFAULT_SCHEDULE, type KpiSecrets, type KpiSpec } from '../kpi/config.ts'
import type { MonitorBase, MonitorSecrets, MonitorTarget } from '../monitor/config.ts'
import type { ChannelBase, ChannelSecrets, ChannelTarget } from '../notification/channel.ts'
import type { RuleFile } from '../rule/schema-file.ts'
import { sloOfFile } from '../slo/schema-file.ts'
import type { SloSpec } from '../slo/slo.ts'
import type { Locale } from '../time/locale.ts'
import type { ConfigurationFile, FileChannel } from './schema.ts'
import type { FileKpi } from './schema-kpi.ts'
import type { FileMonitor } from './schema-monitor.ts'

export interface ConfiguredProject {
  slug: string
  name: string
  timeZone: string
  locale: Locale
}

export type ConfiguredChannel = ChannelBase & ChannelTarget & { secrets: ChannelSecrets }

export type ConfiguredMonitor = MonitorBase &
  MonitorTarget & {
    secrets: MonitorSecrets
    /** Keys of channels as they are listed. Neither order nor repetition says anything. */
    notify: string[]
    /** Null: the file does not say. */
    paused: boolean | null
  }

export type ConfiguredKpi = KpiSpec & { secrets: KpiSecrets }

/** `Omit` on each member of a union by itself, so that `kind` still tells which `config` there is. */
export type Without<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never

/** What a file asks for, in the program's own terms. Lists are in the file's order. */
export interface DesiredConfiguration {
  project: ConfiguredProject
  /** Null: the file does not say. */
  reportRecipients: string[] | null
  channels: ConfiguredChannel[]
  monitors: ConfiguredMonitor[]
  kpis: ConfiguredKpi[]
  /** Keys of packs. */
  packs: string[]
  /** As they are written: limits become numbers only beside the units of the project's metrics (`toDesiredRules`). */
  rules: { key: string; file: RuleFile }[]
  slos: SloSpec[]
}

export function toDesired(file: ConfigurationFile): DesiredConfiguration {
  return {
    project: file.project,
    reportRecipients: file.report?.recipients ?? null,
    channels: Object.entries(file.channels).map(([key, channel]) => toChannel(key, channel)),
    monitors: Object.entries(file.monitors).map(([key, monitor]) => toMonitor(key, monitor)),
    kpis: Object.entries(file.kpis).map(([key, kpi]) => toKpi(key, kpi, file.project.timeZone)),
    packs: file.packs,
    rules: Object.entries(file.rules).map(([key, rule]) => ({ key, file: rule })),
    slos: Object.entries(file.slos).map(([key, slo]) => sloOfFile(key, slo, file.project.timeZone)),
  }
}

function toChannel(key: string, file: FileChannel): ConfiguredChannel {
  const base = { key, name: file.name ?? key, minSeverity: file.minSeverity }
  switch (file.kind) {
    case 'email':
      return { ...base, kind: file.kind, config: { to: file.to }, secrets: {} }
    case 'sms':
      return { ...base, kind: file.kind, config: { to: file.to }, secrets: {} }
    case 'slack':
      return { ...base, kind: file.kind, config: {}, secrets: defined({ slackUrl: file.url }) }
    case 'webhook':
      return { ...base, kind: file.kind, config: { url: file.url }, secrets: defined({ signingSecret: file.secret }) }
  }
}

function toKpi(key: string, file: FileKpi, projectZone: string): ConfiguredKpi {
  const { name = key, unit, limits, sql, database, schedule = DEFAULT_SCHEDULE, timeZone = projectZone } = file
  const shared = { key, name, unit, lowerLimit: limits.below, upperLimit: limits.above }
  if (sql === undefined) return { ...shared, kind: 'pushed', secrets: {} }
  return { ...shared, kind: 'sql', query: sql, schedule, timeZone, secrets: defined({ database }) }
}

function toMonitor(key: string, file: FileMonitor): ConfiguredMonitor {
  return {
    key,
    name: file.name ?? key,
    intervalSeconds: file.interval,
    timeoutMs: file.timeout,
    severity: file.severity,
    confirm: file.confirm,
    tags: file.tags,
    groupName: file.group,
    runbookUrl: file.runbook,
    // The store keeps a set.
    dependsOn: [...new Set(file.dependsOn)].sort(),
    regions: file.regions,
    quorum: file.quorum,
    notify: file.notify,
    paused: file.paused ?? null,
    ...toTarget(file),
    secrets: toSecrets(file),
  }
}

function toTarget(file: FileMonitor): MonitorTarget {
  switch (file.kind) {
    case 'http': {
      const { url, method, headers, redirects, maxBodyBytes, verifyTls, expect } = file
      const config = { url, method, headers, redirects, maxBodyBytes, verifyTls, expect: defined(expect) }
      return { kind: file.kind, config: { ...config, ...defined({ body: file.body }) } }
    }
    case 'tcp':
      return { kind: file.kind, config: { host: file.host, port: file.port, ...defined(file.expect) } }
    case 'dns': {
      const { host, recordType, resolver, expect } = file
      return { kind: file.kind, config: { host, recordType, expectValues: expect.values, ...defined({ resolver }) } }
    }
    case 'tls':
      return {
        kind: file.kind,
        config: { host: file.host, port: file.port, certificateDays: file.expect.certificateDays },
      }
    case 'postgres': {
      const { host, port, database, user, tls, query, expect } = file
      return { kind: file.kind, config: { host, port, database, user, tls, query, ...defined(expect) } }
    }
    case 'prometheus': {
      const { url, verifyTls, collect, include, expect } = file
      const { samples, latencyMs } = expect
      return { kind: file.kind, config: { url, verifyTls, collect, include, samples, ...defined({ latencyMs }) } }
    }
    case 'status_page':
      return { kind: file.kind, config: { url: file.url, components: file.components } }
    case 'heartbeat': {
      const { period, grace, cron, timeZone } = file
      return { kind: file.kind, config: { periodSeconds: period, graceSeconds: grace, timeZone, ...defined({ cron }) } }
    }
  }
}

function toSecrets(file: FileMonitor): MonitorSecrets {
  if (file.kind === 'postgres') return defined({ password: file.password })
  if (file.kind !== 'http' && file.kind !== 'prometheus') return {}
  const headers = Object.keys(file.secretHeaders ?? {}).length === 0 ? undefined : file.secretHeaders
  return defined({ basicAuth: file.auth?.basic, bearerToken: file.auth?.bearer, headers })
}

type Defined<T> = { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>
}

/** Without the fields that are undefined: JSON drops them too, and comparisons must not see them. */
function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
}
