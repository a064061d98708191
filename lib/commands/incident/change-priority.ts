import { PRIORITIES } from '../../domain/monitor/severity.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { ChangedIncident, IncidentCommands } from '../../ports/incident-commands.ts'

/** Ranks an incident anew. Nobody is told again: the rank decides what follows, not what was sent. */
export async function changeIncidentPriority(
  commands: IncidentCommands,
  incidentId: string,
  priority: string,
): Promise<CommandResult<ChangedIncident>> {
  const known = PRIORITIES.find((candidate) => candidate === priority)
  if (known === undefined) return refuse('priority', 'invalid', `must be one of ${PRIORITIES.join(', ')}`)
  return commands.change(incidentId, 'priority', known)
}
