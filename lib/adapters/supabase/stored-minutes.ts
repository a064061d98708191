import { createColumnWriter, emptyColumns, type StoredColumns } from '../../domain/alert/stored-columns.ts'
import { groupKeyOf } from '../../domain/rule/outcome.ts'
import type { MetricKind } from '../../domain/series/sample.ts'
import { fromIso } from '../../domain/time/instant.ts'
import type { MinutesQuestion, StoredMetric } from '../../ports/rule-reader.ts'
import { type PackedRow, type UnpackedHour, unpackRow } from './packed-minutes.ts'
import { writeHour } from './write-hour.ts'

/** A question as `read_rule_minutes` takes it. */
export function toMinutesJson({ metric, where, groupBy, wantsHistograms, groupsMax, rowsMax }: MinutesQuestion) {
  return {
    metric,
    where: { ...where },
    group_by: [...groupBy],
    wants_histograms: wantsHistograms,
    groups_max: groupsMax,
    rows_max: rowsMax,
  }
}

export interface StoredMetricRow {
  kind: MetricKind
  unit: string
  groups_total: number
  from: string
  minutes_from: string
  /** In order of time. */
  rows: PackedRow[]
}

interface Line {
  group: readonly string[]
  hours: PackedRow[]
  minutes: PackedRow[]
}

/** Hours of arrays as columns, those of several series of one group added up. */
export function toStoredMetric({ metric, where, groupBy }: MinutesQuestion, row: StoredMetricRow): StoredMetric {
  const { kind } = row
  const lines = new Map<string, Line>()
  for (const packed of row.rows) {
    const [group, minutesEach] = packed
    const key = groupKeyOf(group)
    const line = lines.get(key) ?? { group, hours: [], minutes: [] }
    lines.set(key, line)
    const into = minutesEach === 1 ? line.hours : line.minutes
    into.push(packed)
  }
  return {
    metric,
    where,
    groupBy,
    kind,
    unit: row.unit,
    groupsTotal: row.groups_total,
    from: fromIso(row.from),
    minutesFrom: fromIso(row.minutes_from),
    lines: [...lines.values()].map(({ group, hours, minutes }) => ({
      group,
      hours: toColumns(kind, hours),
      minutes: toColumns(kind, minutes),
    })),
  }
}

/** Rows of the same hour are of series side by side. */
function toColumns(kind: MetricKind, rows: readonly PackedRow[]): StoredColumns {
  if (rows.length === 0) return emptyColumns(kind)
  const writer = createColumnWriter(
    kind,
    rows.some(([, , , , , , , , , , keys]) => keys !== null),
  )
  let beside: UnpackedHour[] = []
  for (const row of rows) {
    const hour = unpackRow(kind, row)
    if (beside[0] !== undefined && beside[0].hourAt !== hour.hourAt) {
      writeHour(writer, beside)
      beside = []
    }
    beside.push(hour)
  }
  writeHour(writer, beside)
  return writer.finish()
}
