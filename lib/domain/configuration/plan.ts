import { isSame } from '../monitor/same.ts'
import { contentOf, customisedFields } from '../pack/installed.ts'
import { writeSlo } from '../slo/schema-file.ts'
import type { SloSpec } from '../slo/slo.ts'
import type {
  CurrentChannel,
  CurrentConfiguration,
  CurrentKpi,
  CurrentMonitor,
  CurrentRule,
  CurrentSlo,
  ManagedBy,
  Opened,
} from './current.ts'
import type { ConfiguredChannel, ConfiguredKpi, ConfiguredMonitor, DesiredConfiguration, Without } from './desired.ts'
import type { ConfiguredRule } from './desired-rules.ts'
import { channelToFileForm, type FileForm, kpiToFileForm, monitorToFileForm } from './file-form.ts'

/** `release`: the file no longer names it, and it stays because people changed it; from then on it is theirs. */
export const CHANGE_OPS = ['create', 'update', 'delete', 'release', 'unchanged'] as const

/** What applying a file would do to one thing. Names the fields that differ and never their values: some of them are secret. */
export interface ConfigurationChange {
  op: (typeof CHANGE_OPS)[number]
  kind: 'project' | 'channel' | 'monitor' | 'kpi' | 'rule' | 'slo'
  key: string
  fields: string[]
}

/** What becomes of a stored secret. `keep` costs nothing to repeat; a sealed value differs each time, even for the same content. */
export type SecretChange<Secrets> = { op: 'keep' } | { op: 'set'; value: Secrets } | { op: 'clear' }

export interface ConfigurationPlan {
  changes: ConfigurationChange[]
  project: DesiredConfiguration['project']
  reportRecipients: string[] | null
  channels: (Without<ConfiguredChannel, 'secrets'> & { secret: SecretChange<ConfiguredChannel['secrets']> })[]
  monitors: (Without<ConfiguredMonitor, 'secrets'> & { secret: SecretChange<ConfiguredMonitor['secrets']> })[]
  kpis: (Without<ConfiguredKpi, 'secrets'> & { secret: SecretChange<ConfiguredKpi['secrets']> })[]
  rules: ConfiguredRule[]
  /** Rules that the file no longer names and that stay. */
  keptRules: string[]
  slos: SloSpec[]
}

/**
 * What has to change so that a project is as the file says; `current` is null for a project that does not exist yet. Channels,
 * monitors, KPIs, rules and SLOs of the file that the file no longer names are deleted; those that people made in the dashboard stay, and so
 * do rules of packs that people changed.
 */
export function planConfiguration(
  desired: DesiredConfiguration,
  current: CurrentConfiguration | null,
  rules: readonly ConfiguredRule[] = [],
): ConfigurationPlan {
  const channels = desired.channels.map((channel) => planChannel(channel, find(current?.channels, channel.key)))
  const monitors = desired.monitors.map((monitor) => planMonitor(monitor, find(current?.monitors, monitor.key)))
  const kpis = desired.kpis.map((kpi) => planKpi(kpi, find(current?.kpis, kpi.key)))
  const keptRules = listKept(rules, current?.rules ?? [])
  return {
    changes: [
      planProject(desired, current),
      ...channels.map(({ change }) => change),
      ...listDeleted('channel', desired.channels, current?.channels ?? []),
      ...monitors.map(({ change }) => change),
      ...listDeleted('monitor', desired.monitors, current?.monitors ?? []),
      ...kpis.map(({ change }) => change),
      ...listDeleted('kpi', desired.kpis, current?.kpis ?? []),
      ...rules.map((rule) => planRule(rule, findRule(current?.rules, rule.spec.key))),
      ...listDeleted('rule', rules.map(keyed), (current?.rules ?? []).map(keyed)).map(
        (change): ConfigurationChange => (keptRules.includes(change.key) ? { ...change, op: 'release' } : change),
      ),
      ...desired.slos.map((slo) => planSlo(slo, find(current?.slos, slo.key))),
      ...listDeleted('slo', desired.slos, current?.slos ?? []),
    ],
    project: desired.project,
    reportRecipients: desired.reportRecipients,
    channels: channels.map(({ write }) => write),
    monitors: monitors.map(({ write }) => write),
    kpis: kpis.map(({ write }) => write),
    rules: [...rules],
    keptRules,
    slos: desired.slos,
  }
}

/** False when applying the plan would change nothing. */
export function hasChanges(plan: Pick<ConfigurationPlan, 'changes'>): boolean {
  return plan.changes.some(({ op }) => op !== 'unchanged')
}

function planProject(desired: DesiredConfiguration, current: CurrentConfiguration | null): ConfigurationChange {
  const { slug, ...form } = desired.project
  const recipients = desired.reportRecipients === null ? {} : { recipients: desired.reportRecipients }
  if (current === null) return { op: 'create', kind: 'project', key: slug, fields: [] }
  const { slug: _, ...before } = current.project
  const fields = listChanged(
    { ...form, ...recipients },
    { ...before, ...(desired.reportRecipients === null ? {} : { recipients: current.reportRecipients }) },
  )
  return toChange('project', slug, fields)
}

function planChannel(channel: ConfiguredChannel, before: CurrentChannel | undefined) {
  const { secrets, ...write } = channel
  const secret = decideSecret(secrets, before?.secrets)
  const fields = before && [
    ...listChanged(channelToFileForm(write), channelToFileForm(before)),
    ...(secret.op === 'keep' ? [] : [channel.kind === 'slack' ? 'url' : 'secret']),
    ...listTakenOver(before.managedBy),
  ]
  return { change: toChange('channel', channel.key, fields), write: { ...write, secret } }
}

function planMonitor(monitor: ConfiguredMonitor, before: CurrentMonitor | undefined) {
  const { secrets, ...write } = monitor
  const secret = decideSecret(secrets, before?.secrets)
  const fields = before && [
    // A file that does not say whether the monitor is paused agrees with what is.
    ...listChanged(
      monitorToFileForm(write),
      monitorToFileForm({ ...before, paused: write.paused === null ? null : before.paused }),
    ),
    ...(secret.op === 'keep' ? [] : ['secrets']),
    ...listTakenOver(before.managedBy),
  ]
  return { change: toChange('monitor', monitor.key, fields), write: { ...write, secret } }
}

function planKpi(kpi: ConfiguredKpi, before: CurrentKpi | undefined) {
  const { secrets, ...write } = kpi
  const secret = decideSecret(secrets, before?.secrets)
  const fields = before && [
    ...listChanged(kpiToFileForm(write), kpiToFileForm(before)),
    ...(secret.op === 'keep' ? [] : ['database']),
    ...listTakenOver(before.managedBy),
  ]
  return { change: toChange('kpi', kpi.key, fields), write: { ...write, secret } }
}

function planRule({ spec, original }: ConfiguredRule, before: CurrentRule | undefined): ConfigurationChange {
  if (before === undefined) return toChange('rule', spec.key, undefined)
  const form = (rule: ConfiguredRule['spec']) => ({
    ...contentOf(rule),
    notifyChannelIds: [...new Set(rule.notifyChannelIds)].sort(),
    pack: rule.pack,
  })
  const fields = listChanged(form(spec), form(before.spec))
  const isRenewed = !isSame(original, before.original) && !fields.includes('pack')
  return toChange('rule', spec.key, [...fields, ...(isRenewed ? ['pack'] : []), ...listTakenOver(before.managedBy)])
}

/** A rule of a pack that was only switched off is missed by nobody. */
function listKept(rules: readonly ConfiguredRule[], current: readonly CurrentRule[]): string[] {
  return current
    .filter(({ spec, managedBy }) => managedBy === 'file' && !rules.some((rule) => rule.spec.key === spec.key))
    .filter((rule) => customisedFields(rule).some((field) => field !== 'enabled'))
    .map(({ spec }) => spec.key)
}

function keyed<Rule extends { spec: { key: string } }>(rule: Rule): Rule & { key: string } {
  return { ...rule, key: rule.spec.key }
}

function findRule(rules: readonly CurrentRule[] | undefined, key: string): CurrentRule | undefined {
  return rules?.find(({ spec }) => spec.key === key)
}

function planSlo(slo: SloSpec, before: CurrentSlo | undefined): ConfigurationChange {
  const fields = before && [...listChanged(writeSlo(slo), writeSlo(before)), ...listTakenOver(before.managedBy)]
  return toChange('slo', slo.key, fields)
}

/** Made by people until now: from here on the file has the say, even if nothing else differs. */
function listTakenOver(managedBy: ManagedBy): string[] {
  return managedBy === 'file' ? [] : ['managedBy']
}

function toChange(kind: ConfigurationChange['kind'], key: string, fields: string[] | undefined): ConfigurationChange {
  if (fields === undefined) return { op: 'create', kind, key, fields: [] }
  return { op: fields.length === 0 ? 'unchanged' : 'update', kind, key, fields }
}

function decideSecret<Secrets extends object>(
  wanted: Secrets,
  stored: Opened<Secrets> | undefined,
): SecretChange<Secrets> {
  const isWanted = Object.keys(wanted).length > 0
  if (stored === undefined) return isWanted ? { op: 'set', value: wanted } : { op: 'keep' }
  if (stored !== 'unreadable' && isSame(wanted, stored)) return { op: 'keep' }
  return isWanted ? { op: 'set', value: wanted } : { op: 'clear' }
}

function listChanged(after: FileForm, before: FileForm): string[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])]
  return names.filter((name) => !isSame(after[name], before[name]))
}

function listDeleted(
  kind: 'channel' | 'monitor' | 'kpi' | 'rule' | 'slo',
  desired: readonly { key: string }[],
  current: readonly { key: string; managedBy: ManagedBy }[],
): ConfigurationChange[] {
  return current
    .filter(({ key, managedBy }) => managedBy === 'file' && find(desired, key) === undefined)
    .map(({ key }) => ({ op: 'delete', kind, key, fields: [] }))
}

function find<T extends { key: string }>(list: readonly T[] | undefined, key: string): T | undefined {
  return list?.find((item) => item.key === key)
}
