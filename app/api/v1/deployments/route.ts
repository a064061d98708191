import { recordDeployment } from '@/lib/commands/deployment/record.ts'
import { deploymentAnswer, listApiDeployments } from '@/lib/queries/api/deployments.ts'
import { wireDeployments } from '@/lib/wiring/deployments.ts'
import { apiRoute } from '../_http/api-route.ts'
import { problem, refuseFields } from '../_http/problem.ts'

/** A deployment is a few lines. */
const MAX_BYTES = 65_536

/** Deployments, newest first. `?status=&service=&environment=`, `?limit=&before=` pages. */
export const GET = apiRoute('read', async ({ question }) => {
  const answer = await listApiDeployments(wireDeployments().reader, question)
  return answer.ok ? Response.json(answer.value) : refuseFields(answer.errors)
})

/** Notes a deployment: for whatever deploys by a script of its own. */
export const POST = apiRoute('ingest', async ({ request, key, question }) => {
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.length > MAX_BYTES) return problem(413, { detail: 'A deployment may have 64 KB at most.' })
  const body = parseJson(new TextDecoder().decode(bytes))
  if (body === undefined) return problem(400, { detail: 'The body is not JSON.' })
  const answer = await recordDeployment(wireDeployments(), key.projectId, body, question.now)
  if (answer.ok) return Response.json(deploymentAnswer(answer.value), { status: 201 })
  return refuseFields(answer.errors.map(({ field, message }) => ({ field: field ?? '', message })))
})

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
