import { apiRoute } from '@/app/api/v1/_http/api-route.ts'
import { readMetrics } from '@/lib/queries/metrics.ts'
import {
  acceptsOpenMetrics,
  OPENMETRICS_TYPE,
  PROMETHEUS_TYPE,
  renderOpenMetrics,
  renderPrometheusText,
} from '@/lib/queries/metrics-text.ts'
import { wireMetrics } from '@/lib/wiring/metrics.ts'

/** The project's figures for Prometheus, with an API key that may read: `authorization: {credentials: …}` in its scrape job. */
export const GET = apiRoute('read', async ({ request, key, question }) => {
  const families = await readMetrics(wireMetrics(), { id: key.projectId, slug: key.projectSlug }, question.now)
  const isOpen = acceptsOpenMetrics(request.headers.get('accept'))
  const text = isOpen ? renderOpenMetrics(families) : renderPrometheusText(families)
  return new Response(text, {
    headers: { 'content-type': isOpen ? OPENMETRICS_TYPE : PROMETHEUS_TYPE, vary: 'accept' },
  })
})
