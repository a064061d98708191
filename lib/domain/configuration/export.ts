import { customisedFields } from '../pack/installed.ts'
import { viewPack } from '../pack/pack-state.ts'
import { PACKS } from '../pack/packs.ts'
import { writeRule } from '../rule/config.ts'
import { writeSlo } from '../slo/schema-file.ts'
import type { CurrentChannel, CurrentConfiguration, CurrentKpi, CurrentMonitor, CurrentRule } from './current.ts'
import { unitsOf } from './desired-rules.ts'
import { channelToFileForm, type FileForm, kpiToFileForm, monitorToFileForm } from './file-form.ts'
import { escapeReferences } from './interpolate.ts'

/** Left out of an exported file when empty, because that is what their absence means. */
const EMPTY_IS_ABSENT = [
  'minSeverity',
  'headers',
  'notify',
  'tags',
  'group',
  'runbook',
  'expect',
  'components',
  'include',
  'unit',
  'limits',
  'by',
  'incidentBy',
  'inhibitedBy',
  'labels',
]

/**
 * A project as a file that, applied again, changes nothing. Secrets are never written: a reference such as `${CHANNEL_OPS_SECRET}` stands
 * in the place of each, and applying the file asks for the variable.
 */
export function toFile(current: CurrentConfiguration): FileForm {
  const { project, reportRecipients, channels, monitors, kpis, slos } = current
  const packs = wholePacks(current)
  const rules = rulesToWrite(current, packs)
  return {
    version: 1,
    project: escapeReferences(project),
    ...(channels.length === 0
      ? {}
      : { channels: Object.fromEntries(channels.map((one) => [one.key, exportChannel(one)])) }),
    ...(monitors.length === 0
      ? {}
      : { monitors: Object.fromEntries(monitors.map((one) => [one.key, exportMonitor(one)])) }),
    ...(kpis.length === 0 ? {} : { kpis: Object.fromEntries(kpis.map((one) => [one.key, exportKpi(one)])) }),
    ...(packs.length === 0 ? {} : { packs }),
    ...(rules.length === 0
      ? {}
      : { rules: Object.fromEntries(rules.map((one) => [one.spec.key, exportRule(one, current)])) }),
    ...(slos.length === 0
      ? {}
      : { slos: Object.fromEntries(slos.map((one) => [one.key, escapeReferences(writeSlo(one))])) }),
    ...(reportRecipients.length === 0 ? {} : { report: { recipients: escapeReferences(reportRecipients) } }),
  }
}

function exportChannel(channel: CurrentChannel): FileForm {
  const isSet = channel.secrets === 'unreadable' || Object.keys(channel.secrets).length > 0
  const field = channel.kind === 'slack' ? 'url' : 'secret'
  return {
    ...tidy(channelToFileForm(channel), channel.key),
    ...(isSet ? { [field]: refer('channel', channel.key, field) } : {}),
  }
}

function exportMonitor(monitor: CurrentMonitor): FileForm {
  const form = monitorToFileForm({ ...monitor, paused: monitor.paused ? true : null })
  return { ...tidy(form, monitor.key), ...exportSecrets(monitor) }
}

function exportKpi(kpi: CurrentKpi): FileForm {
  const isSet = kpi.kind === 'sql'
  return { ...tidy(kpiToFileForm(kpi), kpi.key), ...(isSet ? { database: refer('kpi', kpi.key, 'database') } : {}) }
}

/** Packs of which everything is there that can be. */
function wholePacks(current: CurrentConfiguration): string[] {
  const { rules, project, metricUnits, tokenBudget } = current
  const context = { locale: project.locale, metrics: new Set(metricUnits.keys()), tokenBudget, channels: [] }
  return PACKS.filter((pack) => {
    const { state, rows } = viewPack(pack, rules, context)
    return state !== 'not_installed' && rows.every((row) => row.state !== 'not_installed')
  }).map(({ key }) => key)
}

/** All but those that their pack alone makes what they are. */
function rulesToWrite({ rules }: CurrentConfiguration, packs: readonly string[]): CurrentRule[] {
  return rules.filter((rule) => {
    const { pack } = rule.spec
    return pack === null || !packs.includes(pack.pack) || customisedFields(rule).length > 0
  })
}

function exportRule({ spec }: CurrentRule, current: CurrentConfiguration): FileForm {
  const { key: _, ...form } = writeRule(spec, { unitOf: unitsOf(current) })
  return tidy(form, spec.key)
}

function exportSecrets({ key, kind, secrets }: CurrentMonitor): FileForm {
  // Sealed with another key: which of an HTTP monitor's secrets there were, nobody can say any more.
  if (secrets === 'unreadable') return kind === 'postgres' ? { password: refer('monitor', key, 'password') } : {}
  const { basicAuth, bearerToken, headers, password } = secrets
  const basic = { user: refer('monitor', key, 'user'), password: refer('monitor', key, 'password') }
  const names = Object.keys(headers ?? {})
  return {
    ...(basicAuth === undefined ? {} : { auth: { basic } }),
    ...(bearerToken === undefined ? {} : { auth: { bearer: refer('monitor', key, 'bearer') } }),
    ...(names.length === 0
      ? {}
      : { secretHeaders: Object.fromEntries(names.map((name) => [name, refer('monitor', key, `header ${name}`)])) }),
    ...(password === undefined ? {} : { password: refer('monitor', key, 'password') }),
  }
}

function refer(...words: string[]): string {
  return `\${${words
    .join('_')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')}}`
}

function tidy(form: FileForm, key: string): FileForm {
  const kept = Object.entries(form).filter(
    ([name, value]) => !(name === 'name' && value === key) && !(EMPTY_IS_ABSENT.includes(name) && isEmpty(value)),
  )
  return escapeReferences(Object.fromEntries(kept)) as FileForm
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}
