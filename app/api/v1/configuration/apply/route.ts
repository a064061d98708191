import { applyFromText } from '@/lib/commands/configuration/apply.ts'
import { apiRoute } from '../../_http/api-route.ts'
import { changesJson, readConfigurationRequest, refuseConfiguration } from '../_request.ts'

/** Brings the project to what the YAML in the body describes, whole or not at all. */
export const POST = apiRoute('write', async (context) => {
  const request = await readConfigurationRequest(context)
  if (request instanceof Response) return request
  const actor = `API key ${context.key.name}`
  const applied = await applyFromText(context.deps.configuration, { ...request, actor })
  if (!applied.ok) return refuseConfiguration(applied.errors)
  return Response.json({ ...changesJson(applied.plan.changes), applied: applied.counts })
})
