import type { VitalStore } from '../../ports/vital-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'

/** Page measurements in Postgres; needs the service role. */
export function createVitalStore(client: Client): VitalStore {
  return {
    async findSite(publicKey) {
      const row = (await call(client, 'find_site', { p_public_key: publicKey })) as SiteRow | null
      return row === null ? null : { projectId: row.project_id, allowedOrigins: row.allowed_origins }
    },

    async storeVisit(projectId, { page, release, device, country, visitor, measures, rejections }) {
      const visit = { page, release, device, country, visitor, measures, rejections }
      const answer = await call(client, 'store_vitals', { p_project_id: projectId, p_visit: visit as never })
      return { accepted: (answer as { accepted: number }).accepted }
    },
  }
}

interface SiteRow {
  project_id: string
  allowed_origins: string[]
}
