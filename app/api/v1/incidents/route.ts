import { listApiIncidents } from '@/lib/queries/api/incidents.ts'
import { apiRoute } from '../_http/api-route.ts'
import { refuseFields } from '../_http/problem.ts'

/** Incidents, newest first. `?status=open|triggered|acknowledged|resolved|all`, `?limit=&before=` pages by number. */
export const GET = apiRoute('read', async ({ deps, question }) => {
  const answer = await listApiIncidents(deps.store, question)
  return answer.ok ? Response.json(answer.value) : refuseFields(answer.errors)
})
