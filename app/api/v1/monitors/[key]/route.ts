import { readApiMonitor } from '@/lib/queries/api/monitors.ts'
import { apiRoute } from '../../_http/api-route.ts'
import { answerFound } from '../../_http/found.ts'

/** One monitor by its key. */
export const GET = apiRoute('read', async ({ deps, path, question }) => {
  const key = String(path.key)
  return answerFound(await readApiMonitor(deps.store, key, question), `The project has no monitor with the key ${key}.`)
})
