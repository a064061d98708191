import type { KpiFigure } from '../../domain/kpi/figure.ts'
import { KPI_FAULTS, type KpiFault } from '../../domain/kpi/reading.ts'
import { fromIso } from '../../domain/time/instant.ts'
import type { Locale } from '../../domain/time/locale.ts'
import type { ListedKpi } from '../../ports/kpi-reader.ts'
import type { DigestCandidate, KpiClaim } from '../../ports/kpi-store.ts'
import { toInstant } from './rows.ts'

/** Shapes of the JSON that the functions about KPIs answer, and how they become values of the domain. */

export interface FigureRow {
  key: string
  name: string
  unit: string
  kind: 'sql' | 'pushed'
  value: number | null
  value_at: string | null
  before_value?: number | null
  lower_limit: number | null
  upper_limit: number | null
  last_run_at: string | null
  last_fault: string | null
  last_error: string | null
}

export interface ListedRow extends FigureRow {
  id: string | null
  query: string | null
  schedule: string | null
  time_zone: string | null
  next_run_at: string | null
  can_write: boolean | null
  managed_by: string | null
  points: [number, number][]
}

export interface ClaimRow {
  id: string
  token: number
  project_id: string
  key: string
  unit: string
  query: string
  schedule: string
  time_zone: string
  secret_ciphertext: string | null
}

export interface CandidateRow {
  id: string
  slug: string
  name: string
  time_zone: string
  locale: Locale
  wanted_since: string
  last_day: string | null
  has_running: boolean
}

export function toFigure(row: FigureRow): KpiFigure {
  return {
    key: row.key,
    name: row.name,
    unit: row.unit,
    kind: row.kind,
    value: row.value,
    valueAt: toInstant(row.value_at),
    beforeValue: row.before_value ?? null,
    lowerLimit: row.lower_limit,
    upperLimit: row.upper_limit,
    lastRunAt: toInstant(row.last_run_at),
    fault: toFault(row.last_fault),
    error: row.last_error,
  }
}

/** A word that this version does not know was written by a newer one; its sentence stands beside it. */
function toFault(text: string | null): KpiFault | null {
  if (text === null) return null
  return KPI_FAULTS.find((fault) => fault === text) ?? 'failed'
}

export function toListedKpi(row: ListedRow): ListedKpi {
  return {
    ...toFigure(row),
    id: row.id,
    query: row.query,
    schedule: row.schedule,
    timeZone: row.time_zone,
    nextRunAt: toInstant(row.next_run_at),
    canWrite: row.can_write,
    isManagedByFile: row.managed_by === 'file',
    points: row.points.map(([at, value]) => ({ at, value })),
  }
}

export function toClaim({ project_id, time_zone, secret_ciphertext, ...row }: ClaimRow): KpiClaim {
  return { ...row, projectId: project_id, timeZone: time_zone, secretCiphertext: secret_ciphertext }
}

export function toCandidate(row: CandidateRow): DigestCandidate {
  const { id, slug, name, locale } = row
  return {
    project: { id, slug, name, timeZone: row.time_zone, locale },
    timeZone: row.time_zone,
    wantedSince: fromIso(row.wanted_since),
    lastDay: row.last_day,
    hasRunning: row.has_running,
  }
}
