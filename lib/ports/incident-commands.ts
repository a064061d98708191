import type { CommandResult } from './command-result.ts'
import type { IncidentStatus } from './incident-reader.ts'

export type IncidentOperation = 'acknowledge' | 'resolve' | 'note' | 'priority'

/** What an incident is after a change; `changed` is false when it already was so. */
export interface ChangedIncident {
  changed: boolean
  id: string
  number: number
  title: string
  status: IncidentStatus
  acknowledgedBy: string | null
}

/** Changes incidents in the name of the signed-in person; the database checks the role (responder). */
export interface IncidentCommands {
  change(
    incidentId: string,
    operation: IncidentOperation,
    message: string | null,
  ): Promise<CommandResult<ChangedIncident>>
}
