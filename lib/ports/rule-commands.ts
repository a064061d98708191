import type { RuleSpec } from '../domain/rule/rule.ts'
import type { CommandResult } from './command-result.ts'

/** Changes alert rules in the name of the signed-in person; the database checks the role (admin). */
export interface RuleCommands {
  /** Creates a rule or changes the one of its key; answers its id. */
  save(projectId: string, spec: RuleSpec): Promise<CommandResult<string>>
}
