import type { ChannelCommands } from '../../ports/channel-commands.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'

/** Switches a channel on or off. What was decided while it was off is not sent afterwards. */
export async function enableChannel(
  commands: ChannelCommands,
  projectId: string,
  channelId: string,
  enabled: boolean,
): Promise<CommandResult> {
  const answer = await commands.enable(projectId, channelId, enabled)
  if (!answer.ok) return answer
  return answer.value ? { ok: true, value: null } : refuse(null, 'PT404', 'there is no such channel in this project')
}
