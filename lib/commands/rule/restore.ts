import type { CommandResult } from '../../ports/command-result.ts'
import type { RuleCommands } from '../../ports/rule-commands.ts'

/** Brings back a rule that was deleted in the last day, with its settings and without its past; it is evaluated at once. Admins. */
export async function restoreRule(
  commands: Pick<RuleCommands, 'restore'>,
  projectId: string,
  key: string,
): Promise<CommandResult<string>> {
  return commands.restore(projectId, key)
}
