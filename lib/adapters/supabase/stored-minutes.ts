import { joinBlocks, type StoredBlock, type StoredColumns } from '../../domain/alert/stored-columns.ts'
import { groupKeyOf } from '../../domain/rule/outcome.ts'
import type { MetricKind } from '../../domain/series/sample.ts'
import { fromIso } from '../../domain/time/instant.ts'
import type { MinutesQuestion, StoredMetric } from '../../ports/rule-reader.ts'
import { mergeSeries } from './merge-series.ts'
import { type PackedRow, unpackRow } from './packed-minutes.ts'

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
  const beside = new Map<number, StoredBlock[]>()
  for (const row of rows) {
    const [, , hourAt] = row
    const hours = beside.get(hourAt) ?? []
    beside.set(hourAt, hours)
    hours.push(unpackRow(kind, row))
  }
  return joinBlocks(kind, [...beside.values()].map(mergeSeries))
}
