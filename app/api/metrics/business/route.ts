import { apiRoute } from '@/app/api/v1/_http/api-route.ts'
import { readBusinessMetrics } from '@/lib/queries/api/business-metrics.ts'
import { wireBusinessMetrics } from '@/lib/wiring/kpis.ts'

/** The figures of the business, with an API key that may read: what a cron or a dashboard fetches. */
export const GET = apiRoute('read', async ({ key, question }) =>
  Response.json(
    await readBusinessMetrics(wireBusinessMetrics(), { id: key.projectId, slug: key.projectSlug }, question.now),
  ),
)
