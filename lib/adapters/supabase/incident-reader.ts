import { fromIso } from '../../domain/time/instant.ts'
import type { IncidentEvent, IncidentReader } from '../../ports/incident-reader.ts'
import type { Client } from './create-client.ts'
import {
  ALERT_COLUMNS,
  INCIDENT_COLUMNS,
  type IncidentRow,
  NOTIFICATION_COLUMNS,
  RULE_ALERT_COLUMNS,
  toAlert,
  toEvent,
  toIncident,
  toIncidentNotification,
  toRuleAlert,
} from './incident-rows.ts'
import { readResults } from './read-results.ts'
import { take, takeRows } from './take.ts'

/** PostgREST and the embedded stack answer at most this many rows at once. */
const PAGE = 1_000

/** Incidents over PostgREST, under the row level security of the client's person. */
export function createIncidentReader(client: Client): IncidentReader {
  return {
    async listIncidents(projectId, { statuses, priority, below, above, limit }) {
      let query = client
        .from('incidents')
        .select(INCIDENT_COLUMNS)
        .eq('project_id', projectId)
        .in('status', [...statuses])
      if (priority !== null) query = query.eq('priority', priority)
      if (below !== null) query = query.lt('number', below)
      if (above !== null) query = query.gt('number', above)
      const rows = takeRows(await query.order('number', { ascending: above !== null }).limit(limit))
      return (rows as unknown as IncidentRow[]).map(toIncident)
    },

    async findIncident(projectId, reference) {
      const query = client.from('incidents').select(INCIDENT_COLUMNS).eq('project_id', projectId)
      const found = 'id' in reference ? query.eq('id', reference.id) : query.eq('number', reference.number)
      const row = take(await found.maybeSingle()) as unknown as IncidentRow | null
      if (row === null) return null
      const [alerts, ruleAlerts, events, notifications, channels] = await Promise.all([
        client.from('alerts').select(ALERT_COLUMNS).eq('incident_id', row.id).order('started_at').limit(PAGE),
        client.from('alerts').select(RULE_ALERT_COLUMNS).eq('incident_id', row.id).order('started_at').limit(PAGE),
        listEvents(client, row.id),
        client
          .from('notifications')
          .select(NOTIFICATION_COLUMNS)
          .eq('incident_id', row.id)
          .order('sequence')
          .limit(PAGE),
        client.from('channels').select('id, name').eq('project_id', projectId).limit(PAGE),
      ])
      return {
        incident: toIncident(row),
        alerts: takeRows(alerts).map((alert) => toAlert(alert as never)),
        ruleAlerts: takeRows(ruleAlerts).map((alert) => toRuleAlert(alert as never)),
        events,
        notifications: takeRows(notifications).map((notification) => toIncidentNotification(notification as never)),
        channelNames: new Map(takeRows(channels).map(({ id, name }) => [id, name])),
      }
    },

    async listResults(monitorId, from, until) {
      const rows = await readResults(client, monitorId, { from, until: until + 1, newestFirst: false, limit: PAGE })
      return rows.map((row) => ({ at: fromIso(row.slot_at), verdict: row.verdict, latencyMs: row.latency_ms }))
    },
  }
}

/** The whole timeline, page by page: a flapping incident can outgrow one answer. */
async function listEvents(client: Client, incidentId: string): Promise<IncidentEvent[]> {
  const events: IncidentEvent[] = []
  for (;;) {
    const rows = takeRows(
      await client
        .from('incident_events')
        .select('id, at, kind, actor, message, details')
        .eq('incident_id', incidentId)
        .gt('id', events.at(-1)?.id ?? 0)
        .order('id')
        .limit(PAGE),
    )
    events.push(...rows.map((row) => toEvent(row as never)))
    if (rows.length < PAGE) return events
  }
}
