import { exportToText } from '@/lib/commands/configuration/export.ts'
import { apiRoute } from '../_http/api-route.ts'
import { problem } from '../_http/problem.ts'

/** The project as YAML that can be applied again. Of secrets it says where they belong, not what they are. */
export const GET = apiRoute('write', async ({ deps, key }) => {
  const text = await exportToText(deps.configuration, key.projectSlug)
  if (text === null) return problem(404, { detail: 'The project is not there any more.' })
  return new Response(text, { headers: { 'content-type': 'application/yaml; charset=utf-8' } })
})
