import { listApiResults } from '@/lib/queries/api/monitors.ts'
import { apiRoute } from '../../../_http/api-route.ts'
import { answerFound } from '../../../_http/found.ts'
import { refuseFields } from '../../../_http/problem.ts'

/** Results of a monitor, newest first. `?limit=&before=` pages by slot. */
export const GET = apiRoute('read', async ({ deps, path, question }) => {
  const key = String(path.key)
  const answer = await listApiResults(deps.store, key, question)
  if (!answer.ok) return refuseFields(answer.errors)
  return answerFound(answer.value, `The project has no monitor with the key ${key}.`)
})
