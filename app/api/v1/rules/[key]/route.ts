import { readApiRule } from '@/lib/queries/api/rules.ts'
import { apiRoute } from '../../_http/api-route.ts'
import { answerFound } from '../../_http/found.ts'

/** One alert rule by its key, with the groups that it is split into. */
export const GET = apiRoute('read', async ({ deps, path, question }) => {
  const key = String(path.key)
  return answerFound(await readApiRule(deps.store, key, question), `The project has no rule with the key ${key}.`)
})
