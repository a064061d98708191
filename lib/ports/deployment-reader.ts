import type { Deployment, DeploymentMessage, DeploymentStatus } from '../domain/deployment/deployment.ts'
import type { Instant } from '../domain/time/instant.ts'

export interface DeploymentQuery {
  status: DeploymentStatus | null
  service: string | null
  environment: string | null
  /** Begun before the one with this id, newest first; exclusive with `above`. An id that there is not has nothing before or after it. */
  below: number | null
  /** Begun after the one with this id, oldest first. */
  above: number | null
  limit: number
}

/** Reads deployments of one project. The client that the adapter was given decides who may. */
export interface DeploymentReader {
  /** In the order in which they began, newest first. */
  list(projectId: string, query: DeploymentQuery): Promise<Deployment[]>
  /** What there is to choose from. */
  listFacets(projectId: string): Promise<{ services: string[]; environments: string[] }>
  /** What went live in production in a span, newest first, at most 100. */
  listLive(projectId: string, from: Instant, until: Instant): Promise<Deployment[]>
  /** Whether any deployment was ever told. */
  hasAny(projectId: string): Promise<boolean>
}

/** Writes deployments that are told by API. */
export interface DeploymentStore {
  /** How the deployment stands after the message. */
  record(projectId: string, message: DeploymentMessage): Promise<Deployment>
}
