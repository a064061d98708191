import type uPlot from 'uplot'
import { formatValue } from '../../../lib/domain/rollup/format-value.ts'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import { PLOT } from './latency-layout.ts'
import { lineStyle } from './series-style.ts'
import { timeTicks } from './time-ticks.ts'
import type { ZoomChartProps } from './zoom-chart.client.tsx'

const AXIS_HEIGHT = 30
const AXIS_WIDTH = 72
/** A drag shorter than this is a click. */
const LEAST_DRAG_PX = 6

interface Handlers {
  onHover: (place: { index: number; left: number } | null) => void
  onPick: (place: { index: number; left: number } | null) => void
  onZoom: (from: Instant, until: Instant) => void
}

/** uPlot's options for lines that look like those the server draws. Times are in seconds there. */
export function plotOptions(element: HTMLElement, props: ZoomChartProps, handlers: Handlers): uPlot.Options {
  const { names, unit, locale, timeZone, range, marks } = props
  const colour = (name: string) => resolveColour(element, name)
  const font = `12px ${getComputedStyle(element).fontFamily}`
  const ticks = timeTicks(range.fromAt, range.toAt, timeZone, locale)
  const axis = { stroke: colour('var(--ink-muted)'), font, ticks: { show: false } }
  const placeOf = (plot: uPlot) => {
    const { idx, left } = plot.cursor
    return idx === null || idx === undefined || left === undefined || left < 0
      ? null
      : { index: idx, left: (left + AXIS_WIDTH) / plot.width }
  }
  return {
    width: element.clientWidth || element.parentElement?.clientWidth || 600,
    height: PLOT.height + AXIS_HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false, dist: LEAST_DRAG_PX }, y: false, points: { size: 6 } },
    scales: {
      x: { time: true, range: () => [range.fromAt / 1_000, range.toAt / 1_000] },
      // From zero, or below where values are: a cut axis makes a hill of a ripple.
      y: { range: (_, least, most) => [Math.min(0, least ?? 0), Math.max(0, most ?? 0) * 1.05 || 1] },
    },
    axes: [
      {
        ...axis,
        size: AXIS_HEIGHT,
        grid: { show: false },
        splits: () => ticks.map(({ at }) => at / 1_000),
        values: () => ticks.map(({ label }) => label),
      },
      {
        ...axis,
        size: AXIS_WIDTH,
        grid: { stroke: colour('var(--line)'), width: 1 },
        values: (_, splits) => splits.map((value) => formatValue(value, unit, locale)),
      },
    ],
    series: [
      {},
      ...names.map((label, index): uPlot.Series => {
        const { stroke, strokeDasharray } = lineStyle(index)
        return {
          label,
          stroke: colour(stroke),
          width: 1.5,
          points: { show: false },
          ...(strokeDasharray === undefined ? {} : { dash: strokeDasharray.split(' ').map(Number) }),
        }
      }),
    ],
    hooks: {
      setCursor: [(plot) => handlers.onHover(placeOf(plot))],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select
          if (width < LEAST_DRAG_PX) return
          handlers.onZoom(plot.posToVal(left, 'x') * 1_000, plot.posToVal(left + width, 'x') * 1_000)
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
        },
      ],
      ready: [(plot) => plot.over.addEventListener('click', () => handlers.onPick(placeOf(plot)))],
      draw: [(plot) => drawMarks(plot, marks, colour('var(--ink-faint)'))],
    },
  }
}

function drawMarks(plot: uPlot, marks: ZoomChartProps['marks'], stroke: string): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.strokeStyle = stroke
  ctx.setLineDash([4, 4])
  for (const { at } of marks) {
    const x = Math.round(plot.valToPos(at / 1_000, 'x', true)) + 0.5
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
  }
  ctx.restore()
}

/** A canvas knows neither custom properties nor `light-dark()`: the browser resolves them on an element. */
function resolveColour(element: HTMLElement, colour: string): string {
  const probe = document.createElement('span')
  probe.style.color = colour
  element.append(probe)
  const resolved = getComputedStyle(probe).color
  probe.remove()
  return resolved
}
