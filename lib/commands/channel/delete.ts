import type { ChannelCommands } from '../../ports/channel-commands.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'

/** Deletes a channel with its notifications, those that wait included. */
export async function deleteChannel(
  commands: ChannelCommands,
  projectId: string,
  channelId: string,
): Promise<CommandResult> {
  const answer = await commands.delete(projectId, channelId)
  if (!answer.ok) return answer
  return answer.value ? { ok: true, value: null } : refuse(null, 'PT404', 'there is no such channel in this project')
}
