import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { SettingsCommands } from '../../ports/settings-commands.ts'

/** Ends a key at once; it cannot be given back. */
export async function revokeApiKey(
  commands: SettingsCommands,
  projectId: string,
  keyId: string,
): Promise<CommandResult> {
  const answer = await commands.revokeApiKey(projectId, keyId)
  if (!answer.ok) return answer
  return answer.value ? { ok: true, value: null } : refuse(null, 'PT404', 'this key was revoked already')
}
