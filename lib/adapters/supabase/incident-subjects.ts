import type { IncidentSubjects } from '../../ports/api-store.ts'
import type { Client } from './create-client.ts'
import { takeRows } from './take.ts'

/** PostgREST and the embedded stack answer at most this many rows at once. */
const PAGE = 1_000

interface Named {
  key: string
  name: string
}

interface SubjectRow {
  id: string
  incident_id: string
  monitors: Named | null
  alert_rules: Named | null
}

/** Monitors and rules whose alerts incidents are made of, by id of the incident, however many there are. */
export async function listIncidentSubjects(
  client: Client,
  projectId: string,
  incidentIds: readonly string[],
): Promise<ReadonlyMap<string, IncidentSubjects>> {
  const found = new Map<string, { monitors: Map<string, Named>; rules: Map<string, Named> }>()
  if (incidentIds.length === 0) return found
  for (let last: string | null = null; ; ) {
    const query = client
      .from('alerts')
      .select('id, incident_id, monitors!alerts_monitor_id_fkey(key, name), alert_rules!alerts_rule_id_fkey(key, name)')
      .eq('project_id', projectId)
      .in('incident_id', [...incidentIds])
    const rows = takeRows(
      await (last === null ? query : query.gt('id', last)).order('id').limit(PAGE),
    ) as unknown as SubjectRow[]
    for (const { incident_id, monitors, alert_rules } of rows) {
      const subjects = found.get(incident_id) ?? { monitors: new Map(), rules: new Map() }
      found.set(incident_id, subjects)
      if (monitors !== null) subjects.monitors.set(monitors.key, monitors)
      if (alert_rules !== null) subjects.rules.set(alert_rules.key, alert_rules)
    }
    last = rows.at(-1)?.id ?? null
    if (rows.length < PAGE) return found
  }
}
