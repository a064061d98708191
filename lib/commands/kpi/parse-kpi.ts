import { type KpiSpec, kpiSpecSchema } from '../../domain/kpi/config.ts'
import { parseConnection } from '../../domain/kpi/connection.ts'
import type { CommandResult, FieldError } from '../../ports/command-result.ts'

/** What a form says of a KPI, before it is checked. */
export interface KpiDraft {
  key: string
  name: string
  unit: string
  kind: 'sql' | 'pushed'
  query: string
  schedule: string
  timeZone: string
  /** As they were typed, with a comma or a point; `''` is none. */
  lowerLimit: string
  upperLimit: string
  /** A connection string; null keeps what is stored. */
  database: string | null
}

export interface ParsedKpi {
  spec: KpiSpec
  /** Checked, and as it was given; null keeps what is stored. */
  database: string | null
}

/** Checks a draft. Every wrong field is named; what was given for the connection string is never repeated. */
export function parseKpi(draft: KpiDraft): CommandResult<ParsedKpi> {
  const { kind, query, schedule, timeZone, lowerLimit, upperLimit, key, name, unit } = draft
  const spec = kpiSpecSchema.safeParse({
    key,
    name,
    unit,
    kind,
    lowerLimit: toNumber(lowerLimit),
    upperLimit: toNumber(upperLimit),
    ...(kind === 'sql' ? { query, schedule, timeZone } : {}),
  })
  const database = kind === 'sql' ? draft.database : null
  const connection = database === null ? null : parseConnection(database)
  const errors: FieldError[] = spec.success
    ? []
    : spec.error.issues.map(({ path, message }) => ({ field: String(path[0]), code: 'invalid', message }))
  if (connection?.ok === false) errors.push({ field: 'database', code: 'invalid', message: connection.message })
  if (!spec.success || errors.length > 0) return { ok: false, errors }
  return { ok: true, value: { spec: spec.data, database } }
}

function toNumber(text: string): number | null {
  const given = text.trim().replace(',', '.')
  return given === '' ? null : Number(given)
}
