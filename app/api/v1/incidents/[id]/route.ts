import { readApiIncident } from '@/lib/queries/api/incidents.ts'
import { apiRoute } from '../../_http/api-route.ts'
import { answerFound } from '../../_http/found.ts'

/** One incident by its id or its number, with alerts of monitors and rules, and timeline. */
export const GET = apiRoute('read', async ({ deps, path, question }) => {
  const id = String(path.id)
  return answerFound(await readApiIncident(deps.store, id, question), `The project has no incident ${id}.`)
})
