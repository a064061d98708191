import type { CommandResult } from '../../ports/command-result.ts'
import type { RuleCommands } from '../../ports/rule-commands.ts'

/** Switches rules on or off and answers how many that changed. What is switched off ends its alerts. Admins. */
export async function enableRules(
  commands: Pick<RuleCommands, 'enable'>,
  projectId: string,
  keys: readonly string[],
  isEnabled: boolean,
): Promise<CommandResult<number>> {
  return commands.enable(projectId, keys, isEnabled)
}
