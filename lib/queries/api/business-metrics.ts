import { crossedLimit, type KpiFigure } from '../../domain/kpi/figure.ts'
import { type Instant, toIso } from '../../domain/time/instant.ts'
import type { KpiStore } from '../../ports/kpi-store.ts'

/** The body of `GET /api/metrics/business`; field names are a public interface. Instants are RFC 3339. */
export interface BusinessMetrics {
  project: string
  at: string
  /** Key → newest value, for whoever wants the figures alone. A KPI without a value yet is null. */
  metrics: Record<string, number | null>
  kpis: BusinessMetric[]
}

export interface BusinessMetric {
  key: string
  name: string
  unit: string
  kind: 'sql' | 'pushed'
  value: number | null
  valueAt: string | null
  /** A day before; null when there was none. */
  beforeValue: number | null
  limit: 'below' | 'above' | null
  /** Why the last run gave no figure; `value` is then an older one. */
  error: { code: string; message: string } | null
}

/** All KPIs of a project, by name. */
export async function readBusinessMetrics(
  store: Pick<KpiStore, 'readFigures'>,
  project: { id: string; slug: string },
  now: Instant,
): Promise<BusinessMetrics> {
  const figures = await store.readFigures(project.id)
  return {
    project: project.slug,
    at: toIso(now),
    metrics: Object.fromEntries(figures.map(({ key, value }) => [key, value])),
    kpis: figures.map(toMetric),
  }
}

function toMetric(figure: KpiFigure): BusinessMetric {
  const { key, name, unit, kind, value, valueAt, beforeValue, fault, error } = figure
  return {
    key,
    name,
    unit,
    kind,
    value,
    valueAt: valueAt === null ? null : toIso(valueAt),
    beforeValue,
    limit: crossedLimit(value, figure),
    error: fault === null ? null : { code: fault, message: error ?? '' },
  }
}
