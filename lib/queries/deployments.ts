import { buildDurationMs, type Deployment, type DeploymentStatus } from '../domain/deployment/deployment.ts'
import { nameDeployment } from '../domain/deployment/name.ts'
import { DAY, type Instant } from '../domain/time/instant.ts'
import type { DeploymentReader } from '../ports/deployment-reader.ts'
import { askFor, cutPage, type KeysetPage, type KeysetPosition, PAGE_SIZE } from './keyset.ts'

export interface DeploymentRequest extends KeysetPosition {
  status: DeploymentStatus | null
  service: string | null
  environment: string | null
}

export type DeploymentLine = Deployment & { buildDurationMs: number | null }

export interface DeploymentList {
  page: KeysetPage<DeploymentLine>
  services: string[]
  environments: string[]
  /** None was ever told: the page says how to connect. */
  isEmpty: boolean
}

/** The deployments page, newest first. */
export async function readDeployments(
  reader: DeploymentReader,
  projectId: string,
  request: DeploymentRequest,
  size = PAGE_SIZE,
): Promise<DeploymentList> {
  const { below, above, ...filters } = request
  const position = { below, above }
  const [found, facets, hasAny] = await Promise.all([
    reader.list(projectId, { ...filters, ...askFor(position, size) }),
    reader.listFacets(projectId),
    reader.hasAny(projectId),
  ])
  const page = cutPage(found, position, ({ id }) => id, size)
  const rows = page.rows.map((row) => ({ ...row, buildDurationMs: buildDurationMs(row) }))
  return { page: { ...page, rows }, ...facets, isEmpty: !hasAny }
}

export interface LiveMark {
  at: Instant
  name: string
}

/** What went live in a span, as marks on a time axis, oldest first. */
export async function readMarks(
  reader: Pick<DeploymentReader, 'listLive'>,
  projectId: string,
  from: Instant,
  until: Instant,
): Promise<LiveMark[]> {
  const live = await reader.listLive(projectId, from, until)
  return live
    .flatMap((deployment) =>
      deployment.readyAt === null ? [] : [{ at: deployment.readyAt, name: nameDeployment(deployment) }],
    )
    .reverse()
}

/** What went live longer ago has hardly to do with an incident of today. */
const LAST_WITHIN_MS = 30 * DAY

/** The deployment that went live last before a moment; null where none did in the thirty days before it. */
export async function readLastBefore(
  reader: Pick<DeploymentReader, 'listLive'>,
  projectId: string,
  before: Instant,
): Promise<(Deployment & { readyAt: Instant }) | null> {
  const [last] = await reader.listLive(projectId, before - LAST_WITHIN_MS, before)
  return last === undefined || last.readyAt === null ? null : { ...last, readyAt: last.readyAt }
}
