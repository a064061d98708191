import { LIVE_ENVIRONMENT } from '../../domain/deployment/deployment.ts'
import { toIso } from '../../domain/time/instant.ts'
import type { DeploymentReader, DeploymentStore } from '../../ports/deployment-reader.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { DEPLOYMENT_COLUMNS, type DeploymentRow, toDeployment } from './deployment-rows.ts'
import { takeRows } from './take.ts'
import { deploymentJson } from './webhook-store.ts'

/** So many lines on a chart are a curtain. */
const MARKS = 100

export function createDeploymentReader(client: Client): DeploymentReader {
  const from = (projectId: string) => client.from('deployments').select(DEPLOYMENT_COLUMNS).eq('project_id', projectId)
  return {
    async list(projectId, { status, service, environment, below, above, limit }) {
      let query = from(projectId)
      if (status !== null) query = query.eq('status', status)
      if (service !== null) query = query.eq('service', service)
      if (environment !== null) query = query.eq('environment', environment)
      const edge = below ?? above
      if (edge !== null) {
        const [row] = takeRows(await from(projectId).eq('id', edge)) as unknown as DeploymentRow[]
        if (row === undefined) return []
        const side = below === null ? 'gt' : 'lt'
        const at = row.created_at
        query = query.or(`created_at.${side}."${at}",and(created_at.eq."${at}",id.${side}.${edge})`)
      }
      const ascending = { ascending: above !== null }
      const rows = takeRows(await query.order('created_at', ascending).order('id', ascending).limit(limit))
      return (rows as unknown as DeploymentRow[]).map(toDeployment)
    },

    async listFacets(projectId) {
      const facets = await call(client, 'list_deployment_facets', { p_project_id: projectId })
      return facets as { services: string[]; environments: string[] }
    },

    async listLive(projectId, fromAt, until) {
      const rows = takeRows(
        await from(projectId)
          .eq('environment', LIVE_ENVIRONMENT)
          .gte('ready_at', toIso(fromAt))
          .lte('ready_at', toIso(until))
          .order('ready_at', { ascending: false })
          .limit(MARKS),
      )
      return (rows as unknown as DeploymentRow[]).map(toDeployment)
    },

    async hasAny(projectId) {
      return takeRows(await client.from('deployments').select('id').eq('project_id', projectId).limit(1)).length > 0
    },
  }
}

/** Needs the service role. */
export function createDeploymentStore(client: Client): DeploymentStore {
  return {
    async record(projectId, message) {
      const p_message = deploymentJson(message) as never
      return toDeployment(
        (await call(client, 'store_deployment', { p_project_id: projectId, p_message })) as DeploymentRow,
      )
    },
  }
}
