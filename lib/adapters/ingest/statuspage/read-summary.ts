import { INDICATORS, type StatusIncident, type StatusPageSummary } from '../../../domain/probe/status-page.ts'
import type { FormatFault, TargetFormats } from '../../../ports/target-format.ts'
import { firstIssue } from '../first-issue.ts'
import { readJson } from '../read-json.ts'
import { type GivenIncident, summarySchema } from './schema.ts'

/** Maintenance that is announced for later says nothing about now. */
const UNDER_WAY = new Set(['in_progress', 'verifying'])

/** Reads what a third party says of itself. A body that is no such summary is refused with the field that is wrong. */
export const readStatusPage: TargetFormats['readStatusPage'] = (text) => {
  const json = readJson(text)
  if (!json.ok) return refuse('status page', 'the summary.json of a Statuspage', 'no JSON')
  const parsed = summarySchema.safeParse(json.value)
  if (parsed.success) return { ok: true, page: toPage(parsed.data) }
  const { field, message } = firstIssue(parsed.error, '')
  return refuse(field === '' ? 'status page' : field, message.replace(/^must be /, ''), describe(json.value, field))
}

function refuse(subject: string, expected: string, got: string): { ok: false; fault: FormatFault } {
  return { ok: false, fault: { subject, expected, got } }
}

function toPage({ status, components, ...lists }: ReturnType<typeof summarySchema.parse>): StatusPageSummary {
  const nameOf = new Map(components.map(({ id, name }) => [id, name]))
  const maintenances = lists.scheduled_maintenances.filter((one) => UNDER_WAY.has(one.status))
  const incidents = [...lists.incidents, ...maintenances.map((one) => ({ ...one, impact: 'maintenance' as const }))]
  return {
    indicator: status.indicator,
    description: status.description === '' ? status.indicator : status.description,
    components: components.map(({ id, name, status: said, group_id: groupId }) => ({
      id,
      name,
      status: said,
      groupName: groupId ? (nameOf.get(groupId) ?? null) : null,
    })),
    incidents: incidents.map(toIncident).sort((one, other) => rankOf(other) - rankOf(one)),
  }
}

function toIncident({ name, impact, shortlink, components, incident_updates: updates }: GivenIncident): StatusIncident {
  const codes = updates.flatMap((update) => update.affected_components ?? []).map(({ code }) => code)
  return {
    name: name === '' ? 'an incident without a name' : name,
    impact,
    url: isWebAddress(shortlink) ? shortlink : null,
    componentIds: [...new Set([...components.map(({ id }) => id), ...codes])],
  }
}

function rankOf({ impact }: StatusIncident): number {
  return INDICATORS.indexOf(impact)
}

function isWebAddress(text: string | null | undefined): text is string {
  return typeof text === 'string' && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** The value at `status.indicator` or `components[3].status`, as far as it can be shown. */
function describe(document: unknown, field: string): string {
  let value: unknown = document
  for (const [, key = ''] of field.matchAll(/([^.[\]]+)/g)) {
    if (typeof value !== 'object' || value === null) return 'nothing'
    value = (value as Record<string, unknown>)[key]
  }
  if (value === undefined) return 'nothing'
  return typeof value === 'object' ? (Array.isArray(value) ? 'a list' : 'an object') : String(value)
}
