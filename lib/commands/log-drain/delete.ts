import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { LogDrainCommands } from '../../ports/log-drain.ts'

/** Forgets the code and the secret. Deliveries with a good API key are taken as before, unsigned ones too. */
export async function deleteLogDrain(commands: LogDrainCommands, projectId: string): Promise<CommandResult> {
  const answer = await commands.delete(projectId)
  if (!answer.ok) return answer
  return answer.value ? { ok: true, value: null } : refuse(null, 'PT404', 'there is no log drain in this project')
}
