import type { StatusPageConfig } from '../monitor/schema-statuspage.ts'
import { concludeFindings, type Evaluation, type Finding } from './finding.ts'
import type { SeenFact, Verdict } from './outcome.ts'
import { describeMs, excerptText } from './quote.ts'
import type { ComponentStatus, Indicator, StatusComponent, StatusIncident, StatusPageSummary } from './status-page.ts'

/** A page may have hundreds of components; a message lists the first. */
const NAMES_MAX_CHARS = 300
const TITLE_MAX_CHARS = 160
const SEEN_MAX = 20

const OF_INDICATOR: Record<Indicator, Verdict> = {
  none: 'up',
  minor: 'degraded',
  maintenance: 'degraded',
  major: 'down',
  critical: 'down',
}

/** Statuspage colours a partial outage as it colours an incident of major impact. */
const OF_STATUS: Record<ComponentStatus, Verdict> = {
  operational: 'up',
  degraded_performance: 'degraded',
  under_maintenance: 'degraded',
  partial_outage: 'down',
  major_outage: 'down',
}

/**
 * Judges a third party by its own status page: by its indicator, or by the named components alone. What is wrong names the current
 * incident with its link. A name that the page does not have is down, because nothing would be watched under it.
 */
export function evaluateStatusPage(
  config: StatusPageConfig,
  page: StatusPageSummary,
  durationMs: number,
): Evaluation & { seen: SeenFact[] } {
  const chosen = config.components.map((name) => ({ name, found: findComponents(page, name) }))
  const found = chosen.flatMap((choice) => choice.found)
  const findings =
    config.components.length === 0
      ? assertIndicator(page)
      : chosen.flatMap(({ name, found: components }) =>
          components.length === 0 ? [reportUnknown(name, page)] : assertComponents(components, page),
        )
  const said =
    found.length === 0 ? page.description : found.map(({ name, status }) => `${name}: ${word(status)}`).join(', ')
  const upMessage = `says ${shorten(said, NAMES_MAX_CHARS)}, answered in ${describeMs(durationMs)}`
  return { ...concludeFindings(findings, upMessage), seen: listSeen(page, found) }
}

/** By name without case, by id, or by `Group / Name` where a name stands in several groups. */
function findComponents({ components }: StatusPageSummary, wanted: string): StatusComponent[] {
  const normalise = (text: string) => text.trim().toLowerCase()
  const name = normalise(wanted)
  return components.filter(
    (one) =>
      normalise(one.name) === name ||
      one.id === wanted.trim() ||
      (one.groupName !== null && normalise(`${one.groupName} / ${one.name}`) === name),
  )
}

function assertIndicator(page: StatusPageSummary): Finding[] {
  const verdict = OF_INDICATOR[page.indicator]
  if (verdict === 'up') return []
  const said = shorten(page.description, TITLE_MAX_CHARS)
  return [report(verdict, 'status page', said, page.incidents[0] ?? null)]
}

function assertComponents(components: readonly StatusComponent[], page: StatusPageSummary): Finding[] {
  return components.flatMap((component) => {
    const verdict = OF_STATUS[component.status]
    if (verdict === 'up') return []
    const incident = page.incidents.find(({ componentIds }) => componentIds.includes(component.id)) ?? null
    return [report(verdict, `component ${shorten(component.name, TITLE_MAX_CHARS)}`, word(component.status), incident)]
  })
}

function report(verdict: 'degraded' | 'down', subject: string, said: string, incident: StatusIncident | null): Finding {
  const title = incident === null ? '' : shorten(incident.name, TITLE_MAX_CHARS)
  const named = incident === null ? '' : `${title}${incident.url === null ? '' : ` (${incident.url})`}`
  const got = named === '' ? said : `${said}: ${named}`
  return {
    verdict,
    cause: verdict === 'down' ? 'assertion' : 'health_degraded',
    failure: { subject, expected: 'operational', got },
    sentence: `${subject} says ${got}`,
  }
}

function reportUnknown(wanted: string, { components }: StatusPageSummary): Finding {
  const names = shorten([...new Set(components.map(({ name }) => name))].join(', '), NAMES_MAX_CHARS)
  const expected = names === '' ? 'a page with components' : `one of ${names}`
  return {
    verdict: 'down',
    cause: 'assertion',
    failure: { subject: `component ${wanted}`, expected, got: 'nothing' },
    sentence: `the page has no component ${JSON.stringify(wanted)}, expected ${expected}`,
  }
}

function listSeen(page: StatusPageSummary, chosen: readonly StatusComponent[]): SeenFact[] {
  const affected = chosen.length === 0 ? page.components.filter(({ status }) => status !== 'operational') : chosen
  const ids = new Set(chosen.map(({ id }) => id))
  const incidents = page.incidents.filter(
    ({ componentIds }) => chosen.length === 0 || componentIds.some((id) => ids.has(id)),
  )
  return [
    { subject: 'status page', value: shorten(page.description, TITLE_MAX_CHARS) },
    ...affected.map(({ name, status }) => ({
      subject: `component ${shorten(name, TITLE_MAX_CHARS)}`,
      value: word(status),
    })),
    ...incidents.map(({ name, url }) => ({
      subject: 'incident',
      value: shorten(name, TITLE_MAX_CHARS),
      ...(url === null ? {} : { url }),
    })),
  ].slice(0, SEEN_MAX)
}

/** `degraded_performance` → `degraded performance`. */
function word(status: ComponentStatus): string {
  return status.replaceAll('_', ' ')
}

function shorten(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : `${excerptText(text, [], maxChars - 1)}…`
}
