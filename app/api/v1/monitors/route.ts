import { listApiMonitors } from '@/lib/queries/api/monitors.ts'
import { apiRoute } from '../_http/api-route.ts'
import { refuseFields } from '../_http/problem.ts'

/** The project's monitors with their state now. `?limit=&after=` pages by key. */
export const GET = apiRoute('read', async ({ deps, question }) => {
  const answer = await listApiMonitors(deps.store, question)
  return answer.ok ? Response.json(answer.value) : refuseFields(answer.errors)
})
