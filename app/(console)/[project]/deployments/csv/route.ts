import { csvResponse } from '@/app/_session/csv.ts'
import { requireProject } from '@/app/_session/project.ts'
import { toIso } from '@/lib/domain/time/instant.ts'
import { type DeploymentLine, readDeployments } from '@/lib/queries/deployments.ts'
import { readDeploymentRequest } from '../_request.ts'

/** What one answer of the database holds at most. */
const ROWS_MAX = 999

const HEAD = [
  'created_at',
  'ready_at',
  'finished_at',
  'status',
  'service',
  'environment',
  'branch',
  'commit',
  'commit_message',
  'build_seconds',
  'source',
  'id',
  'url',
]

/** The newest deployments of a view as CSV. */
export async function GET(request: Request, props: { params: Promise<{ project: string }> }): Promise<Response> {
  const { people, project } = await requireProject((await props.params).project)
  const asked = readDeploymentRequest(Object.fromEntries(new URL(request.url).searchParams))
  const list = await readDeployments(people.deployments, project.id, { ...asked, below: null, above: null }, ROWS_MAX)
  return csvResponse(`${project.slug}-deployments`, [HEAD, ...list.page.rows.map(toCells)])
}

function toCells(deployment: DeploymentLine): string[] {
  const { createdAt, readyAt, finishedAt, status, service, environment, branch, commit, commitMessage } = deployment
  const { buildDurationMs, source, externalId, url } = deployment
  const time = (at: number | null) => (at === null ? '' : toIso(at))
  const seconds = buildDurationMs === null ? '' : String(buildDurationMs / 1_000)
  const times = [time(createdAt), time(readyAt), time(finishedAt)]
  return [...times, status, service, environment, branch, commit, commitMessage, seconds, source, externalId, url]
}
