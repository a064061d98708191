import type { RuleSpec } from '../domain/rule/rule.ts'
import type { CommandResult } from './command-result.ts'

/** Changes rules in the name of the signed-in person; the database checks the role (admin). */
export interface RuleCommands {
  /** Creates the rule of this key, or changes it. Answers its id. */
  save(projectId: string, spec: RuleSpec): Promise<CommandResult<string>>
  /** Answers how many there were. Their alerts end and are told of as ended. */
  remove(projectId: string, keys: readonly string[]): Promise<CommandResult<number>>
  /** Brings back one that was deleted in the last day, as it was set; its alerts are gone. Answers its id. */
  restore(projectId: string, key: string): Promise<CommandResult<string>>
  /** Answers how many that changed. What is switched off ends its alerts. */
  enable(projectId: string, keys: readonly string[], isEnabled: boolean): Promise<CommandResult<number>>
}
