import { z } from 'zod'
import { positionSchema, withQuery } from '@/app/_session/query.ts'
import { DEPLOYMENT_STATUSES } from '@/lib/domain/deployment/deployment.ts'
import type { DeploymentRequest } from '@/lib/queries/deployments.ts'

const text = z.string().trim().min(1).max(200).nullable().catch(null)

/** What does not fit is as if it were not there. */
const requestSchema = z.object({
  status: z.enum(DEPLOYMENT_STATUSES).nullable().catch(null),
  service: text,
  environment: text,
  before: positionSchema,
  after: positionSchema,
})

export function readDeploymentRequest(query: Record<string, string | string[] | undefined>): DeploymentRequest {
  const { before, after, ...filters } = requestSchema.parse(query)
  return { ...filters, below: before, above: before === null ? after : null }
}

/** The same view by its address; `changes` replace parts of it. */
export function deploymentsHref(
  path: string,
  request: DeploymentRequest,
  changes: Partial<DeploymentRequest> = {},
): string {
  const { status, service, environment, below, above } = { ...request, ...changes }
  return withQuery(path, { status, service, environment, before: below, after: above })
}
