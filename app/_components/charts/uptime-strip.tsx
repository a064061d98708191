import { HATCH_ID } from './chart-patterns.tsx'
import type { SeriesState, StripCell } from './types.ts'

const CELL = 5
const GAP = 1
const HEIGHT = 24

/** Height and colour both say the state: worse stands taller, paused is a line on the ground, unknown is hatched. */
const LOOKS: Record<SeriesState, { height: number; fill: string }> = {
  up: { height: 14, fill: 'var(--up-strip)' },
  degraded: { height: 19, fill: 'var(--degraded-strip)' },
  down: { height: HEIGHT, fill: 'var(--down-strip)' },
  unknown: { height: 14, fill: `url(#${HATCH_ID})` },
  maintenance: { height: 10, fill: 'var(--maintenance-strip)' },
  paused: { height: 3, fill: 'var(--paused-strip)' },
}

/**
 * A bar per stretch of time, as one `<path>` per state rather than one `<rect>` per bar: a thousand monitors on the overview
 * are a few thousand elements, not thirty thousand. `label` says the finding: "up 23 h of 24 h, down 12 min".
 * Without `fluid` a bar is 5 px wide; with it the strip takes the width that it is given.
 */
export function UptimeStrip({
  cells,
  label,
  fluid = false,
}: {
  cells: readonly StripCell[]
  label: string
  fluid?: boolean
}) {
  const width = Math.max(1, cells.length * CELL - GAP)
  return (
    <svg
      role="img"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={fluid ? '100%' : width}
      height={HEIGHT}
      preserveAspectRatio="none"
      shapeRendering="crispEdges"
      className="block shrink-0"
    >
      <title>{label}</title>
      {cells.some(({ state }) => state === null) && (
        <path d={`M0 ${HEIGHT - 0.5}H${width}`} stroke="var(--line-strong)" />
      )}
      {stripPaths(cells).map(({ state, height, d }) => (
        <path
          key={state}
          d={d}
          stroke={LOOKS[state].fill}
          strokeWidth={height}
          strokeDasharray={`${CELL - GAP} ${GAP}`}
        />
      ))}
    </svg>
  )
}

/**
 * The bars of each state that occurs, as one dashed line: a run of bars is one stroke as thick as they are tall, and its dashes are
 * the bars (a dash pattern begins anew with each subpath, SVG 2 §13.5.6). A day without trouble is a dozen characters.
 */
export function stripPaths(cells: readonly StripCell[]): { state: SeriesState; height: number; d: string }[] {
  const paths = new Map<SeriesState, string>()
  for (let start = 0; start < cells.length; ) {
    const state = cells[start]?.state ?? null
    let end = start + 1
    while (end < cells.length && cells[end]?.state === state) end += 1
    if (state !== null) {
      const middle = HEIGHT - LOOKS[state].height / 2
      const run = `M${start * CELL} ${middle}h${(end - start) * CELL - GAP}`
      paths.set(state, (paths.get(state) ?? '') + run)
    }
    start = end
  }
  return [...paths].map(([state, d]) => ({ state, height: LOOKS[state].height, d }))
}
