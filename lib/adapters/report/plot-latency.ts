import type { LatencyPlotText } from '../../domain/report/report-text.ts'
import { formatLatency } from '../../domain/rollup/format-figures.ts'
import type { Locale } from '../../domain/time/locale.ts'
import { LIGHT } from './report-palette.ts'
import { hatchedColumn, horizontalLine, PLOT_WIDTH, round, svgDocument, textAt } from './svg.ts'

const HEIGHT = 214
const TOP = 16
const BOTTOM = HEIGHT - 40
const LEFT = 76
const RIGHT = 44
const HATCH_WIDTH = 36
/** Names at the ends of lines keep this distance, so that two flat lines can both be named. */
const LABEL_GAP = 17

interface Point {
  x: number
  /** y of p50 and of p95. */
  p50: number
  p95: number
}

/** p50 and p95 by day with the band between them, from zero. A day without answers is a gap in both lines, never a bridge. */
export function plotLatency({ days, noData, p50Label, p95Label }: LatencyPlotText, locale: Locale): string {
  const columnWidth = (PLOT_WIDTH - LEFT - RIGHT) / 7
  const top = niceAbove(Math.max(1, ...days.map(({ p95Ms }) => p95Ms ?? 0)))
  const yOf = (ms: number) => BOTTOM - (ms / top) * (BOTTOM - TOP)
  const xOf = (index: number) => LEFT + columnWidth * (index + 0.5)
  const points = days.map(({ p50Ms, p95Ms }, index): Point | null =>
    p50Ms === null || p95Ms === null ? null : { x: xOf(index), p50: yOf(p50Ms), p95: yOf(p95Ms) },
  )
  const gaps = points.flatMap((point, index) =>
    point !== null
      ? []
      : [
          hatchedColumn(xOf(index) - HATCH_WIDTH / 2, TOP, HATCH_WIDTH, BOTTOM - TOP - 20),
          textAt(xOf(index), BOTTOM - 5, noData, { anchor: 'middle' }),
        ],
  )
  const last = points.findLast((point) => point !== null)
  return svgDocument(HEIGHT, [
    ...[0, 0.5, 1].flatMap((share) => {
      const y = yOf(top * share)
      const label = share === 0 ? '0' : formatLatency(top * share, locale)
      return [
        horizontalLine(LEFT, PLOT_WIDTH - RIGHT, y, LIGHT.border),
        textAt(LEFT - 8, y + 5, label, { anchor: 'end' }),
      ]
    }),
    ...gaps,
    ...splitAtGaps(points).flatMap(drawRun),
    ...(last === undefined || last === null ? [] : nameLines(last, p50Label, p95Label)),
    ...days.map(({ label }, index) => textAt(xOf(index), HEIGHT - 12, label, { anchor: 'middle' })),
  ])
}

/** The least of 1, 1.2, 1.6, 2, 3, 4, 6, 8 times a power of ten that is not below `ms`: halves of all of them read well. */
function niceAbove(ms: number): number {
  const unit = 10 ** Math.floor(Math.log10(ms))
  const step = [1, 1.2, 1.6, 2, 3, 4, 6, 8, 10].find((factor) => factor * unit >= ms) ?? 10
  return Number((step * unit).toPrecision(3))
}

function splitAtGaps(points: readonly (Point | null)[]): Point[][] {
  const runs: Point[][] = [[]]
  for (const point of points) {
    if (point === null) runs.push([])
    else runs.at(-1)?.push(point)
  }
  return runs.filter((run) => run.length > 0)
}

function drawRun(run: Point[]): string[] {
  const line = (at: 'p50' | 'p95', points: Point[]) =>
    points.map((point) => `${round(point.x)},${round(point[at])}`).join(' ')
  const band = `<polygon points="${line('p95', run)} ${line('p50', run.toReversed())}" fill="${LIGHT.accent}" fill-opacity="0.12"/>`
  const stroke = (at: 'p50' | 'p95', width: number) =>
    `<polyline points="${line(at, run)}" fill="none" stroke="${LIGHT.accent}" stroke-width="${width}" stroke-linejoin="round"/>`
  const dots = run.flatMap((point) => [
    `<circle cx="${round(point.x)}" cy="${round(point.p95)}" r="3" fill="${LIGHT.ground}" stroke="${LIGHT.accent}" stroke-width="1.5"/>`,
    `<circle cx="${round(point.x)}" cy="${round(point.p50)}" r="3.5" fill="${LIGHT.accent}"/>`,
  ])
  const [only] = run
  // A band of one day has no width: a stem holds its two points together.
  if (run.length === 1 && only !== undefined) return [stemOf(only), ...dots]
  return [band, stroke('p95', 1.5), stroke('p50', 2.5), ...dots]
}

function stemOf({ x, p50, p95 }: Point): string {
  const height = round(Math.max(0, p50 - p95))
  return `<rect x="${round(x - 2)}" y="${round(p95)}" width="4" height="${height}" fill="${LIGHT.accent}" fill-opacity="0.2"/>`
}

function nameLines({ x, p50, p95 }: Point, p50Label: string, p95Label: string): string[] {
  const push = Math.max(0, LABEL_GAP - (p50 - p95)) / 2
  const style = { fill: LIGHT.accent, weight: 600 } as const
  const below = Math.min(p50 + 5 + push, BOTTOM)
  return [
    textAt(x + 10, Math.min(p95 + 5 - push, below - LABEL_GAP), p95Label, style),
    textAt(x + 10, below, p50Label, style),
  ]
}
