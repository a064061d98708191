import type { KpiReader } from '../../ports/kpi-reader.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { type ListedRow, toListedKpi } from './kpi-rows.ts'
import { takeRows } from './take.ts'

/** KPIs in the name of the client's person. */
export function createKpiReader(client: Client): KpiReader {
  return {
    async list(projectId) {
      return ((await call(client, 'read_kpis', { p_project_id: projectId })) as ListedRow[]).map(toListedKpi)
    },

    async listDigestChannels(projectId) {
      const rows = client
        .from('kpi_digest_channels')
        .select('channel_id')
        .eq('project_id', projectId)
        .order('channel_id')
      return takeRows(await rows).map(({ channel_id }) => channel_id)
    },
  }
}
