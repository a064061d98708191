import { planFromText } from '@/lib/commands/configuration/plan.ts'
import { apiRoute } from '../../_http/api-route.ts'
import { changesJson, readConfigurationRequest, refuseConfiguration } from '../_request.ts'

/** What applying the YAML in the body would change. Changes nothing itself. */
export const POST = apiRoute('write', async (context) => {
  const request = await readConfigurationRequest(context)
  if (request instanceof Response) return request
  const planned = await planFromText(context.deps.configuration, request)
  return planned.ok ? Response.json(changesJson(planned.plan.changes)) : refuseConfiguration(planned.errors)
})
