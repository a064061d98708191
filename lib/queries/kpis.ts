import { METRIC_PREFIX } from '../domain/kpi/config.ts'
import { crossedLimit } from '../domain/kpi/figure.ts'
import { DAY, HOUR, type Instant } from '../domain/time/instant.ts'
import type { KpiReader, ListedKpi } from '../ports/kpi-reader.ts'

const COURSE_MS = 30 * DAY
/** As read_kpis cuts the month. */
export const COURSE_STEP_MS = 6 * HOUR

export interface KpiView extends ListedKpi {
  /** What Explore calls it. */
  metric: string
  limit: 'below' | 'above' | null
  /** Thirty days in steps of six hours, oldest first; null where nothing came. */
  course: (number | null)[]
  courseFromAt: Instant
  /** Smallest and largest of the course; null when it has no value at all. */
  range: { lowest: number; highest: number } | null
}

/** All KPIs of a project with their course over 30 days, by name. */
export async function readKpis(reader: KpiReader, projectId: string, now: Instant): Promise<KpiView[]> {
  return (await reader.list(projectId)).map((kpi) => toView(kpi, now))
}

function toView(kpi: ListedKpi, now: Instant): KpiView {
  const untilAt = Math.floor(now / COURSE_STEP_MS) * COURSE_STEP_MS
  const courseFromAt = untilAt - COURSE_MS + COURSE_STEP_MS
  const byTime = new Map(kpi.points.map(({ at, value }) => [at, value]))
  const course: (number | null)[] = []
  for (let at = courseFromAt; at <= untilAt; at += COURSE_STEP_MS) course.push(byTime.get(at) ?? null)
  const values = course.filter((value) => value !== null)
  return {
    ...kpi,
    metric: `${METRIC_PREFIX}${kpi.key}`,
    limit: crossedLimit(kpi.value, kpi),
    course,
    courseFromAt,
    range: values.length === 0 ? null : { lowest: Math.min(...values), highest: Math.max(...values) },
  }
}
