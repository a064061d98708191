import type { KpiCommands } from '../../ports/kpi-commands.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'
import { toKpiJson } from './kpi-spec.ts'

export function createKpiCommands(client: Client): KpiCommands {
  return {
    save: (projectId, id, spec, secret) =>
      command(client, 'save_kpi', { p_project_id: projectId, p_kpi: { id, secret, ...toKpiJson(spec) } as never }),
    delete: (projectId, kpiId) => command(client, 'delete_kpi', { p_project_id: projectId, p_kpi_id: kpiId }),
    saveDigestChannels: (projectId, channelIds) =>
      command(client, 'save_kpi_digest', { p_project_id: projectId, p_channel_ids: [...channelIds] }),
  }
}
