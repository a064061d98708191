import type { Instant } from '../time/instant.ts'

/** In the order in which a deployment can pass through them. */
export const DEPLOYMENT_STATUSES = [
  'queued',
  'building',
  'canceled',
  'failed',
  'succeeded',
  'restarted',
  'crashed',
  'removed',
] as const
export type DeploymentStatus = (typeof DEPLOYMENT_STATUSES)[number]

export const DEPLOYMENT_SOURCES = ['vercel', 'railway', 'github', 'api'] as const
export type DeploymentSource = (typeof DEPLOYMENT_SOURCES)[number]

/** What every deployment says of itself; empty where a platform does not tell. */
export interface DeploymentFacts {
  service: string
  /** In small letters: `production`, `preview`, `staging`. */
  environment: string
  branch: string
  commit: string
  /** First line of the commit's message. */
  commitMessage: string
  url: string
}

/** One message about a deployment, of whatever platform. */
export interface DeploymentMessage extends DeploymentFacts {
  source: DeploymentSource
  /** The platform's own id: messages of one id are about one deployment. */
  externalId: string
  status: DeploymentStatus
  /** When it came into this status. */
  at: Instant
  /** When it was begun, where the message says so. */
  createdAt: Instant | null
}

/** How a deployment stands after the messages so far. */
export interface DeploymentState {
  status: DeploymentStatus
  statusAt: Instant
  createdAt: Instant
  /** When it first went live; null while it has not. */
  readyAt: Instant | null
  /** When its build came to an end, good or bad; null while it goes on. */
  finishedAt: Instant | null
}

export interface Deployment extends DeploymentFacts, DeploymentState {
  id: number
  source: DeploymentSource
  externalId: string
}

/** Deployments of this environment alone are marks on charts and answers to "what changed?". */
export const LIVE_ENVIRONMENT = 'production'

/** As long as the build took, in milliseconds; null while it goes on, and where its beginning was never told. */
export function buildDurationMs({
  createdAt,
  finishedAt,
}: Pick<DeploymentState, 'createdAt' | 'finishedAt'>): number | null {
  return finishedAt === null || finishedAt <= createdAt ? null : finishedAt - createdAt
}
