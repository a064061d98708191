import type { CommandResult } from '../../ports/command-result.ts'
import type { ChangedIncident, IncidentCommands } from '../../ports/incident-commands.ts'

/** Says that somebody is on it. An incident that is acknowledged or resolved already stays as it is. */
export function acknowledgeIncident(
  commands: IncidentCommands,
  incidentId: string,
): Promise<CommandResult<ChangedIncident>> {
  return commands.change(incidentId, 'acknowledge', null)
}
