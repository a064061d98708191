import { toIso } from '../../domain/time/instant.ts'
import type { MuteCommands } from '../../ports/mute-commands.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'
import { maintenanceJson, occurrencesJson } from './maintenance-rows.ts'

/** Silences and maintenance in the name of the client's person. */
export function createMuteCommands(client: Client): MuteCommands {
  return {
    createSilence(projectId, { matchers, startsAt, endsAt, comment }) {
      const silence = { matchers, starts_at: toIso(startsAt), ends_at: toIso(endsAt), comment }
      return command(client, 'create_silence', { p_project_id: projectId, p_silence: silence })
    },

    expireSilence: (projectId, silenceId) =>
      command(client, 'expire_silence', { p_project_id: projectId, p_silence_id: silenceId }),

    saveMaintenance(projectId, id, spec, { occurrences, plannedUntil }) {
      const times = { occurrences: occurrencesJson(occurrences), planned_until: toIso(plannedUntil) }
      const window = { id, ...maintenanceJson(spec), ...times }
      return command(client, 'save_maintenance', { p_project_id: projectId, p_window: window as never })
    },

    cancelMaintenance: (projectId, windowId) =>
      command(client, 'cancel_maintenance', { p_project_id: projectId, p_window_id: windowId }),

    setDeployMute: (projectId, { muteSeconds, soakMinutes }) =>
      command(client, 'set_deploy_mute', {
        p_project_id: projectId,
        p_mute_seconds: muteSeconds,
        p_soak_minutes: soakMinutes,
      }),

    endMaintenance: (projectId, windowId) =>
      command(client, 'end_maintenance', { p_project_id: projectId, p_window_id: windowId }),
  }
}
