import type { UptimePlotText } from '../../domain/report/report-text.ts'
import { LIGHT } from './report-palette.ts'
import { hatchedColumn, horizontalLine, PLOT_WIDTH, round, svgDocument, textAt } from './svg.ts'

const HEIGHT = 176
const TOP = 26
/** Longest bar; under it is room for its value. */
const DEPTH = 84
const LEFT = 60
const RIGHT = 12
const BAR_WIDTH = 36
/** The longest bar stands for the worst day, but for no less than this: one failed check in a thousand must not look like a bad day. */
const LEAST_SCALE = 0.01

/**
 * Uptime by day as bars that hang from 100 %: their length is the share that failed. Bars that stand on zero would all look full, and
 * bars on a cut axis would lie about proportions; these do neither.
 */
export function plotUptime({ days, axisTop, noData }: UptimePlotText): string {
  const columnWidth = (PLOT_WIDTH - LEFT - RIGHT) / 7
  const scale = Math.max(LEAST_SCALE, ...days.map(({ downShare }) => downShare ?? 0))
  const columns = days.flatMap(({ label, value, downShare }, index) => {
    const x = LEFT + columnWidth * (index + 0.5)
    const dayLabel = textAt(x, HEIGHT - 12, label, { anchor: 'middle' })
    if (downShare === null) {
      const hatch = hatchedColumn(x - BAR_WIDTH / 2, TOP, BAR_WIDTH, DEPTH)
      return [hatch, textAt(x, TOP + DEPTH + 20, noData, { anchor: 'middle' }), dayLabel]
    }
    const depth = (downShare / scale) * DEPTH
    const isFlawless = downShare === 0
    const valueLabel = textAt(x, TOP + depth + 22, value, { anchor: 'middle', fill: LIGHT.ink, weight: 600 })
    return [isFlawless ? dot(x) : bar(x, depth), valueLabel, dayLabel]
  })
  return svgDocument(HEIGHT, [
    textAt(LEFT - 8, TOP + 5, axisTop, { anchor: 'end' }),
    horizontalLine(LEFT, PLOT_WIDTH - RIGHT, TOP, LIGHT.muted),
    ...columns,
  ])
}

function bar(x: number, depth: number): string {
  // A tenth of a percent must still be seen.
  const height = round(Math.max(3, depth))
  return `<rect x="${round(x - BAR_WIDTH / 2)}" y="${TOP}" width="${BAR_WIDTH}" height="${height}" fill="${LIGHT.bad}"/>`
}

function dot(x: number): string {
  return `<circle cx="${round(x)}" cy="${TOP}" r="5" fill="${LIGHT.good}"/>`
}
