import type { ChangedIncident, IncidentCommands } from '../../ports/incident-commands.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'

export interface ChangedIncidentRow {
  changed: boolean
  id: string
  number: number
  title: string
  status: ChangedIncident['status']
  acknowledged_by: string | null
}

export function toChangedIncident(row: ChangedIncidentRow): ChangedIncident {
  const { changed, id, number, title, status, acknowledged_by } = row
  return { changed, id, number, title, status, acknowledgedBy: acknowledged_by }
}

export function createIncidentCommands(client: Client): IncidentCommands {
  return {
    async change(incidentId, operation, message) {
      const answer = await command<ChangedIncidentRow, 'change_incident'>(client, 'change_incident', {
        p_incident_id: incidentId,
        p_op: operation,
        ...(message === null ? {} : { p_message: message }),
      })
      return answer.ok ? { ok: true, value: toChangedIncident(answer.value) } : answer
    },
  }
}
