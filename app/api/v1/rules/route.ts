import { listApiRules } from '@/lib/queries/api/rules.ts'
import { apiRoute } from '../_http/api-route.ts'
import { refuseFields } from '../_http/problem.ts'

/** Alert rules and how they stand, what is wrong first. `?status=firing|failed|pending|no_data|waiting|ok|off|all`, `?limit=&after=` pages. */
export const GET = apiRoute('read', async ({ deps, question }) => {
  const answer = await listApiRules(deps.store, question)
  return answer.ok ? Response.json(answer.value) : refuseFields(answer.errors)
})
