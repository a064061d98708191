import type { Deployment } from '../../domain/deployment/deployment.ts'
import { fromIso } from '../../domain/time/instant.ts'
import { toInstant } from './rows.ts'

/** Deployments as PostgREST and the database functions answer them. */
export const DEPLOYMENT_COLUMNS =
  'id, source, external_id, service, environment, branch, commit, commit_message, url, status, status_at, created_at, ready_at, finished_at'

export interface DeploymentRow {
  id: number
  source: Deployment['source']
  external_id: string
  service: string
  environment: string
  branch: string
  commit: string
  commit_message: string
  url: string
  status: Deployment['status']
  status_at: string
  created_at: string
  ready_at: string | null
  finished_at: string | null
}

export function toDeployment(row: DeploymentRow): Deployment {
  return {
    id: row.id,
    source: row.source,
    externalId: row.external_id,
    service: row.service,
    environment: row.environment,
    branch: row.branch,
    commit: row.commit,
    commitMessage: row.commit_message,
    url: row.url,
    status: row.status,
    statusAt: fromIso(row.status_at),
    createdAt: fromIso(row.created_at),
    readyAt: toInstant(row.ready_at),
    finishedAt: toInstant(row.finished_at),
  }
}
