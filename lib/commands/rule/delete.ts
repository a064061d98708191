import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { RuleCommands } from '../../ports/rule-commands.ts'

/** Deletes rules by key. Their alerts end, and whoever was told of them hears of it. Answers how many there were. Admins. */
export async function deleteRules(
  commands: Pick<RuleCommands, 'remove'>,
  projectId: string,
  keys: readonly string[],
): Promise<CommandResult<number>> {
  const answer = await commands.remove(projectId, keys)
  return answer.ok && answer.value === 0 ? refuse(null, 'PT404', 'there is no such rule in this project') : answer
}
