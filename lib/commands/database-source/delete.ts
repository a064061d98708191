import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { DatabaseCommands } from '../../ports/database-commands.ts'

/** Deletes a database with what was found in it; its series stay until their retention ends. */
export async function deleteDatabaseSource(
  commands: DatabaseCommands,
  projectId: string,
  sourceId: string,
): Promise<CommandResult> {
  const answer = await commands.delete(projectId, sourceId)
  if (!answer.ok) return answer
  return answer.value ? { ok: true, value: null } : refuse(null, 'PT404', 'there is no such database in this project')
}
