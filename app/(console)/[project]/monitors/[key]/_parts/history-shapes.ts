import type { StripCell } from '@/app/_components/charts/types.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { MonitorHistory } from '@/lib/queries/monitor-history.ts'

type Point = MonitorHistory['points'][number]

/** A table of more rows than this is a download, not something to read. */
const MOST_ROWS = 100
const STRIP_CELLS = 72
const BADNESS = { up: 0, maintenance: 1, unknown: 2, degraded: 3, down: 4 }

export interface TableRow {
  at: Instant
  /** The worst of the merged buckets. */
  state: Point['state']
  /** The highest of them: merging must not hide a spike. */
  p50Ms: number | null
  p95Ms: number | null
}

/** The points of a chart as rows, newest first; neighbours are merged where there are too many. */
export function toTableRows(points: readonly Point[]): TableRow[] {
  const size = Math.max(1, Math.ceil(points.length / MOST_ROWS))
  const rows: TableRow[] = []
  for (let start = 0; start < points.length; start += size) {
    const merged = points.slice(start, start + size)
    const first = merged[0]
    if (first === undefined) continue
    rows.push({
      at: first.at,
      state: merged.reduce((worst, { state }) => (BADNESS[state] > BADNESS[worst] ? state : worst), first.state),
      p50Ms: highest(merged.map(({ p50 }) => p50)),
      p95Ms: highest(merged.map(({ p95 }) => p95)),
    })
  }
  return rows.toReversed()
}

function highest(values: readonly (number | null)[]): number | null {
  return values.reduce((best, value) => (value !== null && (best === null || value > best) ? value : best), null)
}

/** A range as bars of equal length: what was not up where a span touches the bar, up everywhere else, nothing before it existed. */
export function toStripCells({ fromAt, toAt, spans }: MonitorHistory, createdAt: Instant): StripCell[] {
  const length = (toAt - fromAt) / STRIP_CELLS
  return Array.from({ length: STRIP_CELLS }, (_, index) => {
    const at = fromAt + index * length
    const touching = spans.filter((span) => span.fromAt < at + length && span.toAt > at)
    const worst = touching.find(({ state }) => state === 'down') ?? touching[0]
    return { at, state: at + length <= createdAt ? null : (worst?.state ?? 'up') }
  })
}
