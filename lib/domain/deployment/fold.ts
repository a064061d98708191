import type { Instant } from '../time/instant.ts'
import {
  DEPLOYMENT_STATUSES,
  type DeploymentMessage,
  type DeploymentState,
  type DeploymentStatus,
} from './deployment.ts'

/**
 * How far along a deployment is. What is built is not built again, and what is gone does not come back: a message about an earlier phase is
 * late, whatever its time. Within a phase the later message counts. `store_deployment` in Postgres decides the same.
 */
const PHASES: Record<DeploymentStatus, number> = {
  queued: 0,
  building: 1,
  canceled: 2,
  failed: 2,
  succeeded: 2,
  restarted: 3,
  crashed: 3,
  removed: 4,
}

/** The state after one more message. Order and repetition of the messages make no difference. */
export function foldDeployment(
  state: DeploymentState | null,
  { status, at, createdAt }: Pick<DeploymentMessage, 'status' | 'at' | 'createdAt'>,
): DeploymentState {
  const beganAt = Math.min(at, createdAt ?? at)
  const readyAt = status === 'succeeded' ? at : null
  const finishedAt = PHASES[status] === 2 ? at : null
  if (state === null) return { status, statusAt: at, createdAt: beganAt, readyAt, finishedAt }
  const isNews = isAfter({ status, at }, { status: state.status, at: state.statusAt })
  return {
    status: isNews ? status : state.status,
    statusAt: isNews ? at : state.statusAt,
    createdAt: Math.min(state.createdAt, beganAt),
    readyAt: earliest(state.readyAt, readyAt),
    finishedAt: earliest(state.finishedAt, finishedAt),
  }
}

interface Point {
  status: DeploymentStatus
  at: Instant
}

function isAfter(one: Point, other: Point): boolean {
  return (
    (PHASES[one.status] - PHASES[other.status] ||
      one.at - other.at ||
      DEPLOYMENT_STATUSES.indexOf(one.status) - DEPLOYMENT_STATUSES.indexOf(other.status)) > 0
  )
}

function earliest(one: Instant | null, other: Instant | null): Instant | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other)
}
