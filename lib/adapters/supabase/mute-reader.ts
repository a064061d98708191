import type { MaintenanceScope } from '../../domain/mute/maintenance.ts'
import { toIso } from '../../domain/time/instant.ts'
import type { MuteReader } from '../../ports/mute-reader.ts'
import type { Client } from './create-client.ts'
import { toListedMaintenance, toSpan, WINDOW_COLUMNS } from './maintenance-rows.ts'
import { toScope } from './mute-rows.ts'
import { takeRows } from './take.ts'

/** Silences and maintenance as the client's person may see them. */
export function createMuteReader(client: Client): MuteReader {
  return {
    async listSilences(projectId) {
      const rows = client
        .from('silences')
        .select('id, matchers, starts_at, ends_at, author, comment')
        .eq('project_id', projectId)
        .order('ends_at', { ascending: false })
        .limit(300)
      return takeRows(await rows).map(({ id, matchers, author, comment, ...span }) => ({
        id,
        matchers,
        author,
        comment,
        ...toSpan(span),
      }))
    },

    async listMaintenance(projectId) {
      const rows = client
        .from('maintenance_windows')
        .select(WINDOW_COLUMNS)
        .eq('project_id', projectId)
        .is('cancelled_at', null)
        .order('name')
        .limit(300)
      return takeRows(await rows).map(toListedMaintenance)
    },

    async findMaintenance(projectId, windowId) {
      const rows = client
        .from('maintenance_windows')
        .select(WINDOW_COLUMNS)
        .eq('project_id', projectId)
        .eq('id', windowId)
        .is('cancelled_at', null)
      const [row] = takeRows(await rows)
      return row === undefined ? null : toListedMaintenance(row)
    },

    async readDeployMute(projectId) {
      const rows = client.from('projects').select('mute_after_deploy_seconds, soak_minutes').eq('id', projectId)
      const [row] = takeRows(await rows)
      return { muteSeconds: row?.mute_after_deploy_seconds ?? 0, soakMinutes: row?.soak_minutes ?? 0 }
    },

    async listOccurrences(projectId, from, until) {
      const rows = client
        .from('maintenance_occurrences')
        .select('window_id, name, scope_kind, scope_values, starts_at, ends_at')
        .eq('project_id', projectId)
        .gt('ends_at', toIso(from))
        .lt('starts_at', toIso(until))
        .order('starts_at')
        .limit(500)
      return takeRows(await rows).map(({ window_id, name, scope_kind, scope_values, ...span }) => ({
        windowId: window_id,
        name,
        scope: toScope(scope_kind as MaintenanceScope['kind'], scope_values),
        ...toSpan(span),
      }))
    },
  }
}
