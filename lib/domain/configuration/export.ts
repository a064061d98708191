import type { CurrentChannel, CurrentConfiguration, CurrentKpi, CurrentMonitor } from './current.ts'
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
]

/**
 * A project as a file that, applied again, changes nothing. Secrets are never written: a reference such as `${CHANNEL_OPS_SECRET}` stands
 * in the place of each, and applying the file asks for the variable.
 */
export function toFile(current: CurrentConfiguration): FileForm {
  const { project, reportRecipients, channels, monitors, kpis } = current
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
