import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { ChangedIncident, IncidentCommands } from '../../ports/incident-commands.ts'
import { NOTE_MAX_LENGTH } from './add-note.ts'

/** Closes an incident by hand. A monitor that still fails does not open it again before it has recovered and failed anew. */
export async function resolveIncident(
  commands: IncidentCommands,
  incidentId: string,
  note: string,
): Promise<CommandResult<ChangedIncident>> {
  const text = note.trim()
  if (text.length > NOTE_MAX_LENGTH) return refuse('note', 'invalid', `must be at most ${NOTE_MAX_LENGTH} characters`)
  return commands.change(incidentId, 'resolve', text === '' ? null : text)
}
