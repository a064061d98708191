import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { SettingsCommands } from '../../ports/settings-commands.ts'

/** Removes a person from a project; their account and what they did stay. */
export async function removeMember(
  commands: SettingsCommands,
  projectId: string,
  userId: string,
): Promise<CommandResult> {
  const answer = await commands.removeMember(projectId, userId)
  if (!answer.ok) return answer
  return answer.value ? { ok: true, value: null } : refuse(null, 'PT404', 'this person is not a member any more')
}
