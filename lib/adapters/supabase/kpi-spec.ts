import { type KpiSpec, kpiSpecSchema } from '../../domain/kpi/config.ts'

/** What people set of a KPI, as `private.kpi_json` writes it. */
export interface KpiRow {
  key: string
  name: string
  unit: string
  kind: 'sql' | 'pushed'
  query: string | null
  schedule: string | null
  time_zone: string | null
  lower_limit: number | null
  upper_limit: number | null
}

/** The same text for the same KPI: the database compares the two. */
export function toKpiJson(spec: KpiSpec): KpiRow {
  const { key, name, unit, kind, lowerLimit, upperLimit } = spec
  const query = spec.kind === 'sql' ? spec : { query: null, schedule: null, timeZone: null }
  return {
    key,
    name,
    unit,
    kind,
    query: query.query,
    schedule: query.schedule,
    time_zone: query.timeZone,
    lower_limit: lowerLimit,
    upper_limit: upperLimit,
  }
}

/** Throws when what is stored fits no kind: written past the application, or by a newer version. */
export function toKpiSpec(row: KpiRow): KpiSpec {
  const { key, name, unit, kind, query, schedule, time_zone, lower_limit, upper_limit } = row
  const what = kind === 'sql' ? { query, schedule, timeZone: time_zone } : {}
  return kpiSpecSchema.parse({ key, name, unit, kind, lowerLimit: lower_limit, upperLimit: upper_limit, ...what })
}
