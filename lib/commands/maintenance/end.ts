import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { MuteCommands } from '../../ports/mute-commands.ts'

/** Ends a maintenance that runs before its time: the work is done. Its next times stay planned. Responders. */
export async function endMaintenance(
  commands: Pick<MuteCommands, 'endMaintenance'>,
  projectId: string,
  windowId: string,
): Promise<CommandResult> {
  const answer = await commands.endMaintenance(projectId, windowId)
  if (!answer.ok) return answer
  return answer.value ? { ok: true, value: null } : refuse(null, 'PT404', 'it does not run now')
}
