import { channelTargetSchema } from '../../domain/notification/channel.ts'
import type { RuleSpec } from '../../domain/rule/rule.ts'
import { sloSpecSchema } from '../../domain/slo/config.ts'
import type { Locale } from '../../domain/time/locale.ts'
import type {
  AppliedCounts,
  ConfigurationStore,
  ConfigurationWrites,
  StoredConfiguration,
} from '../../ports/configuration-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { type KpiRow, toKpiJson, toKpiSpec } from './kpi-spec.ts'
import { type ChannelRow, type MonitorRow, toMonitor } from './rows.ts'
import { type RuleRow, readableRules, toRuleJson } from './rule-rows.ts'

/** Configuration over PostgREST. Needs the service role: what it reads holds sealed secrets. */
export function createConfigurationStore(client: Client): ConfigurationStore {
  return {
    async read(slug) {
      const answer = (await call(client, 'read_configuration', { p_slug: slug })) as ConfigurationRow | null
      return answer === null ? null : toStored(answer)
    },

    async apply(writes, actor) {
      const answer = (await call(client, 'apply_configuration', {
        p_changes: changesJson(writes) as never,
        p_actor: actor,
      })) as AppliedCounts & { project_id: string }
      const { created, updated, unchanged, deleted } = answer
      return { projectId: answer.project_id, counts: { created, updated, unchanged, deleted } }
    },
  }
}

interface ManagedRow {
  managed_by: 'file' | null
  secret_ciphertext: string | null
}

interface ConfigurationRow {
  project: { id: string; slug: string; name: string; time_zone: string; locale: Locale; report_recipients: string[] }
  channels: (Omit<ChannelRow, 'project_id' | 'enabled' | 'disabled_reason'> & ManagedRow)[]
  monitors: (MonitorRow & ManagedRow & { notify: string[] })[]
  kpis: (KpiRow & ManagedRow)[]
  rules: (KeyedRule & { managed_by: 'file' | null; pack_original: KeyedRule | null })[]
  slos: (Record<string, unknown> & { managed_by: 'file' | null })[]
  metric_units: Record<string, string>
  token_budget: number | null
}

/** A rule that names its channels by key. */
type KeyedRule = RuleRow & { notify: string[] }

function toStored({ project, channels, monitors, kpis, rules, slos, ...rest }: ConfigurationRow): StoredConfiguration {
  return {
    projectId: project.id,
    project: { slug: project.slug, name: project.name, timeZone: project.time_zone, locale: project.locale },
    reportRecipients: project.report_recipients,
    channels: channels.map((row) => ({
      channel: {
        ...channelTargetSchema.parse({ kind: row.kind, config: row.config }),
        key: row.key,
        name: row.name,
        minSeverity: row.min_severity,
      },
      managedBy: row.managed_by,
      secretCiphertext: row.secret_ciphertext,
    })),
    monitors: monitors.map((row) => ({
      monitor: toMonitor(row),
      notify: row.notify,
      managedBy: row.managed_by,
      secretCiphertext: row.secret_ciphertext,
    })),
    // One that cannot be read is as good as none: the file writes it anew, or leaves it.
    rules: rules.flatMap((row) =>
      toSpecs(row).map((spec) => ({
        spec,
        original: row.pack_original === null ? null : (toSpecs(row.pack_original)[0] ?? null),
        managedBy: row.managed_by,
      })),
    ),
    slos: slos.map(({ managed_by, ...row }) => ({ ...sloSpecSchema.parse(row), managedBy: managed_by })),
    metricUnits: new Map(Object.entries(rest.metric_units)),
    tokenBudget: rest.token_budget,
    kpis: kpis.map((row) => ({
      kpi: toKpiSpec(row),
      managedBy: row.managed_by,
      secretCiphertext: row.secret_ciphertext,
    })),
  }
}

function toSpecs(row: KeyedRule): RuleSpec[] {
  return readableRules([{ ...row, id: '', project_id: '' }]).map(({ id: _, projectId: __, ...spec }) => ({
    ...spec,
    notifyChannelIds: row.notify,
  }))
}

function toKeyedJson(spec: RuleSpec): Record<string, unknown> {
  return { ...toRuleJson({ ...spec, notifyChannelIds: [] }), notify: [...new Set(spec.notifyChannelIds)].sort() }
}

function changesJson({
  project,
  reportRecipients,
  channels,
  monitors,
  kpis,
  rules,
  keptRules,
  slos,
}: ConfigurationWrites): Record<string, unknown> {
  return {
    project: {
      slug: project.slug,
      name: project.name,
      time_zone: project.timeZone,
      locale: project.locale,
      ...(reportRecipients === null ? {} : { report_recipients: reportRecipients }),
    },
    channels: channels.map(({ minSeverity, ...channel }) => ({ ...channel, min_severity: minSeverity })),
    monitors: monitors.map((monitor) => ({
      key: monitor.key,
      name: monitor.name,
      kind: monitor.kind,
      config: monitor.config,
      interval_seconds: monitor.intervalSeconds,
      timeout_ms: monitor.timeoutMs,
      severity: monitor.severity,
      confirm_failures: monitor.confirm.failures,
      confirm_successes: monitor.confirm.successes,
      tags: monitor.tags,
      group_name: monitor.groupName,
      runbook_url: monitor.runbookUrl,
      depends_on: monitor.dependsOn,
      regions: monitor.regions,
      quorum: String(monitor.quorum),
      notify: monitor.notify,
      secret: monitor.secret,
      ...(monitor.paused === null ? {} : { paused: monitor.paused }),
    })),
    kpis: kpis.map(({ secret, ...spec }) => ({ ...toKpiJson(spec), secret })),
    slos,
    kept_rules: keptRules,
    rules: rules.map(({ spec, original }) => ({
      ...toKeyedJson(spec),
      pack_original: original === null ? null : toKeyedJson(original),
    })),
  }
}
