import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { MuteCommands } from '../../ports/mute-commands.ts'

/** Ends a silence now. What it kept quiet and still fires is told with the next evaluation. Responders. */
export async function expireSilence(
  commands: Pick<MuteCommands, 'expireSilence'>,
  projectId: string,
  silenceId: string,
): Promise<CommandResult> {
  const answer = await commands.expireSilence(projectId, silenceId)
  if (!answer.ok) return answer
  return answer.value ? { ok: true, value: null } : refuse(null, 'PT404', 'this silence is over already')
}
