import type { RuleSpec } from '../../domain/rule/rule.ts'
import type { CommandResult } from '../../ports/command-result.ts'
import type { RuleCommands } from '../../ports/rule-commands.ts'

/** Creates the rule of this key or changes it, and answers its id; it is evaluated at once. Admins. */
export async function saveRule(
  commands: Pick<RuleCommands, 'save'>,
  projectId: string,
  spec: RuleSpec,
): Promise<CommandResult<string>> {
  return commands.save(projectId, spec)
}
