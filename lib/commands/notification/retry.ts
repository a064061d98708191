import type { ChannelCommands } from '../../ports/channel-commands.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'

/** Gives a dead letter one more chance, at once. It keeps its id, so that a provider that took it after all takes it once. */
export async function retryNotification(
  commands: ChannelCommands,
  projectId: string,
  notificationId: string,
): Promise<CommandResult> {
  const answer = await commands.retry(projectId, notificationId)
  if (!answer.ok) return answer
  return answer.value
    ? { ok: true, value: null }
    : refuse(null, 'PT404', 'only a message that was given up can be sent again; this one is not')
}
