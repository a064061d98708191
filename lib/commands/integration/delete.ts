import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { IntegrationCommands } from '../../ports/integration-commands.ts'

/** Deletes a connection. What it told stays; its address is unknown from then on. */
export async function deleteIntegration(
  commands: IntegrationCommands,
  projectId: string,
  integrationId: string,
): Promise<CommandResult> {
  const answer = await commands.delete(projectId, integrationId)
  if (!answer.ok) return answer
  return answer.value ? { ok: true, value: null } : refuse(null, 'PT404', 'there is no such connection in this project')
}
