import type { RuleSpec } from '../../domain/rule/rule.ts'
import type { RuleCommands } from '../../ports/rule-commands.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'

export function createRuleCommands(client: Client): RuleCommands {
  return {
    save: (projectId, spec) =>
      command(client, 'save_rule' as never, { p_project_id: projectId, p_rule: toRuleJson(spec) } as never),
    remove: (projectId, keys) =>
      command(client, 'delete_rules' as never, { p_project_id: projectId, p_keys: [...keys] } as never),
    enable: (projectId, keys, isEnabled) =>
      command(
        client,
        'enable_rules' as never,
        { p_project_id: projectId, p_keys: [...keys], p_enabled: isEnabled } as never,
      ),
  }
}

/** The columns of alert_rules. */
function toRuleJson(spec: RuleSpec): Record<string, unknown> {
  const {
    key,
    name,
    enabled,
    condition,
    groupBy,
    groupLimit,
    forMs,
    keepFiringForMs,
    noData,
    severity,
    labels,
    runbook,
  } = spec
  return {
    ...{ key, name, enabled, condition, labels, runbook },
    group_by: groupBy,
    group_limit: groupLimit,
    for_ms: forMs,
    keep_firing_for_ms: keepFiringForMs,
    no_data: noData,
    severity_warning: severity.warning,
    severity_critical: severity.critical,
    notify_channel_ids: spec.notifyChannelIds,
    throttle_ms: spec.throttleMs,
    repeat_ms: spec.repeatMs,
    pack: spec.pack?.pack ?? null,
    pack_row: spec.pack?.row ?? null,
    pack_version: spec.pack?.version ?? null,
  }
}
