import { linePath } from './line-path.ts'
import { createLinearScale } from './scale.ts'

const INSET = 2

/**
 * The course of a figure beside the figure itself: one path, from zero to its own maximum, gaps left open. `label` says what
 * the line says: "p95 over 24 h, from 180 ms to 1.2 s".
 */
export function Sparkline(props: {
  values: readonly (number | null)[]
  label: string
  width?: number
  height?: number
}) {
  const { values, width = 96, height = 24 } = props
  const measured = values.filter((value) => value !== null)
  const x = createLinearScale([0, values.length - 1], width - 2 * INSET)
  const y = createLinearScale([0, Math.max(...measured, 0)], height - 2 * INSET)
  const points = values.map((value, index) =>
    value === null ? null : ([INSET + x(index), height - INSET - y(value)] as const),
  )
  return (
    <svg role="img" viewBox={`0 0 ${width} ${height}`} width={width} height={height} className="block shrink-0">
      <title>{props.label}</title>
      <path
        d={linePath(points)}
        fill="none"
        stroke="var(--accent-strip)"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
