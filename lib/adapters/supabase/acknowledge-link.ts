import type { Evidence } from '../../domain/notification/message.ts'
import type { AcknowledgeLinkStore } from '../../ports/acknowledge-link.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { type ChangedIncidentRow, toChangedIncident } from './incident-commands.ts'
import { INCIDENT_COLUMNS, type IncidentRow, toIncident } from './incident-rows.ts'
import { take, takeRows } from './take.ts'

type LinkedRow = IncidentRow & {
  projects: { slug: string; name: string; time_zone: string; locale: 'en' | 'fr' }
}

/** Needs the service client: whoever follows a link from a message is not signed in. Call it with verified ids only. */
export function createAcknowledgeLinkStore(client: Client): AcknowledgeLinkStore {
  return {
    async find(incidentId, channelId) {
      const [incident, channel, alerts] = await Promise.all([
        client
          .from('incidents')
          // Named, because timeline and notifications relate the two as well.
          .select(`${INCIDENT_COLUMNS}, projects!incidents_project_id_fkey!inner(slug, name, time_zone, locale)`)
          .eq('id', incidentId)
          .maybeSingle(),
        client.from('channels').select('name').eq('id', channelId).maybeSingle(),
        client
          .from('alerts')
          .select('evidence')
          .eq('incident_id', incidentId)
          .order('started_at', { ascending: false })
          .limit(1),
      ])
      const row = take(incident) as unknown as LinkedRow | null
      if (row === null) return null
      const { slug, name, time_zone, locale } = row.projects
      return {
        ...toIncident(row),
        evidence: (takeRows(alerts)[0]?.evidence ?? []) as unknown as Evidence[],
        channelName: take(channel)?.name ?? '',
        project: { slug, name, timeZone: time_zone, locale },
      }
    },

    async acknowledge(incidentId, channelId) {
      const answer = await call(client, 'acknowledge_from_link', { p_incident_id: incidentId, p_channel_id: channelId })
      return toChangedIncident(answer as ChangedIncidentRow)
    },
  }
}
