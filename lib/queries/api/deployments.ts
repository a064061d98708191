import { buildDurationMs, DEPLOYMENT_STATUSES, type Deployment } from '../../domain/deployment/deployment.ts'
import { toIso } from '../../domain/time/instant.ts'
import type { DeploymentReader } from '../../ports/deployment-reader.ts'
import { isoOrNull } from './monitor-json.ts'
import type { ApiQuestion, Json } from './monitors.ts'
import { ParameterReader, type Parsed } from './parameters.ts'

const ANY_TEXT = /^[^\0]{1,200}$/

/** Deployments, newest first. `next` is the `before` of the page behind it. */
export async function listApiDeployments(
  reader: DeploymentReader,
  { projectId, parameters }: ApiQuestion,
): Promise<Parsed<Json>> {
  const asked = new ParameterReader(parameters)
  const limit = asked.integer('limit', { min: 1, max: 200, default: 50 })
  const below = asked.integer('before', { min: 1, max: 999_999_999_999_999, default: null })
  const status = asked.choice('status', ['all', ...DEPLOYMENT_STATUSES], 'all')
  const service = asked.text('service', ANY_TEXT, 'must be a name')
  const environment = asked.text('environment', ANY_TEXT, 'must be a name')
  if (asked.errors.length > 0) return { ok: false, errors: asked.errors }
  const query = { status: status === 'all' ? null : status, service, environment, below, above: null, limit: limit + 1 }
  const found = await reader.list(projectId, query)
  const page = found.slice(0, limit)
  const next = found.length > limit ? (page.at(-1)?.id ?? null) : null
  return { ok: true, value: { deployments: page.map(deploymentAnswer), next } }
}

/** A deployment as the API tells it. */
export function deploymentAnswer(deployment: Deployment): Json {
  const { externalId, source, service, environment, branch, commit, commitMessage, url, status } = deployment
  return {
    ...{ id: externalId, source, service, environment, branch, commit, message: commitMessage, url, status },
    createdAt: toIso(deployment.createdAt),
    readyAt: isoOrNull(deployment.readyAt),
    finishedAt: isoOrNull(deployment.finishedAt),
    buildDurationMs: buildDurationMs(deployment),
  }
}
