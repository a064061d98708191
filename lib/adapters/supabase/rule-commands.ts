import type { RuleCommands } from '../../ports/rule-commands.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'
import { toRuleJson } from './rule-rows.ts'

export function createRuleCommands(client: Client): RuleCommands {
  return {
    save: (projectId, spec) =>
      command(client, 'save_rule', { p_project_id: projectId, p_rule: toRuleJson(spec) as never }),
    remove: (projectId, keys) => command(client, 'delete_rules', { p_project_id: projectId, p_keys: [...keys] }),
    restore: (projectId, key) => command(client, 'restore_rule', { p_project_id: projectId, p_key: key }),
    enable: (projectId, keys, isEnabled) =>
      command(client, 'enable_rules', { p_project_id: projectId, p_keys: [...keys], p_enabled: isEnabled }),
  }
}
