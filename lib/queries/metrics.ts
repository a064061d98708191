import type { Instant } from '../domain/time/instant.ts'
import type { ApiMonitor, ApiStore } from '../ports/api-store.ts'
import type { FiguresStore } from '../ports/figures-store.ts'
import { metricFamilies } from './metrics-families.ts'
import type { MetricFamily } from './metrics-text.ts'

/** PostgREST answers 1,000 rows at most. */
const PAGE = 500

/** Everything that Prometheus is told about the project of a key. */
export async function readMetrics(
  deps: { monitors: Pick<ApiStore, 'listMonitors'>; figures: FiguresStore; version: string },
  project: { id: string; slug: string },
  now: Instant,
): Promise<MetricFamily[]> {
  const [monitors, figures] = await Promise.all([
    listAllMonitors(deps.monitors, project.id),
    deps.figures.readFigures(project.id),
  ])
  return metricFamilies({ projectSlug: project.slug, version: deps.version, now, monitors, figures })
}

async function listAllMonitors(store: Pick<ApiStore, 'listMonitors'>, projectId: string): Promise<ApiMonitor[]> {
  const all: ApiMonitor[] = []
  for (;;) {
    const page = await store.listMonitors(projectId, { after: all.at(-1)?.key ?? null, limit: PAGE })
    all.push(...page)
    if (page.length < PAGE) return all
  }
}
