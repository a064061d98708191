import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { ChangedIncident, IncidentCommands } from '../../ports/incident-commands.ts'

/** Room for a stack trace's head and a paragraph; a timeline is no place for a log file. */
export const NOTE_MAX_LENGTH = 4_000

/** Adds what a person found or did to the timeline. */
export async function addIncidentNote(
  commands: IncidentCommands,
  incidentId: string,
  note: string,
): Promise<CommandResult<ChangedIncident>> {
  const text = note.trim()
  if (text === '') return refuse('note', 'empty', 'must not be empty')
  if (text.length > NOTE_MAX_LENGTH) return refuse('note', 'invalid', `must be at most ${NOTE_MAX_LENGTH} characters`)
  return commands.change(incidentId, 'note', text)
}
