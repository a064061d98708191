import type { MonitorCommands, MonitorToSave } from '../../ports/monitor-commands.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'

/** `client` acts as the person who commands; the database functions check the role. */
export function createMonitorCommands(client: Client): MonitorCommands {
  return {
    save: (projectId, monitor) =>
      command(client, 'save_monitor', { p_project_id: projectId, p_monitor: monitorJson(monitor) as never }),
    setPaused: (projectId, monitorIds, isPaused) =>
      command(client, 'pause_monitors', { p_project_id: projectId, p_monitor_ids: monitorIds, p_paused: isPaused }),
    edit: (projectId, monitorIds, changes) =>
      command(client, 'edit_monitors', {
        p_project_id: projectId,
        p_monitor_ids: monitorIds,
        p_changes: { ...changes } as never,
      }),
    delete: (projectId, monitorIds) =>
      command(client, 'delete_monitors', { p_project_id: projectId, p_monitor_ids: monitorIds }),
  }
}

function monitorJson({ id, spec, notifyChannelIds, secret }: MonitorToSave): Record<string, unknown> {
  return {
    ...(id === null ? {} : { id }),
    key: spec.key,
    name: spec.name,
    kind: spec.kind,
    config: spec.config,
    interval_seconds: spec.intervalSeconds,
    timeout_ms: spec.timeoutMs,
    severity: spec.severity,
    confirm_failures: spec.confirm.failures,
    confirm_successes: spec.confirm.successes,
    tags: spec.tags,
    group_name: spec.groupName,
    runbook_url: spec.runbookUrl,
    depends_on: spec.dependsOn,
    regions: spec.regions,
    quorum: String(spec.quorum),
    notify_channel_ids: notifyChannelIds,
    secret,
  }
}
