import { useLocale } from 'next-intl'
import { formatLatency } from '../../../lib/domain/rollup/format-figures.ts'
import { type LatencyLayout, PLOT } from './latency-layout.ts'

/** Two lines of text and a little air. */
const LABEL_PX = 32

/** The name and last value of each line, at its right end: no legend to look up. Pushed apart where the lines meet. `name` is for a single line. */
export function LineEnds({ ends, name }: { ends: LatencyLayout['ends']; name?: string | undefined }) {
  const locale = useLocale()
  return (
    <div className="relative" style={{ height: PLOT.height }}>
      {spread(ends.map(({ top }) => top * PLOT.height)).map((topPx, index) => {
        const end = ends[index]
        if (!end) return null
        return (
          <span key={end.series} className="absolute left-0 -translate-y-1/2 leading-3.5" style={{ top: topPx }}>
            <span className={`block font-medium ${end.series === 'p50' ? 'text-accent' : 'text-ink-muted'}`}>
              {name ?? end.series}
            </span>
            <span className="block whitespace-nowrap">{formatLatency(end.ms, locale)}</span>
          </span>
        )
      })}
    </div>
  )
}

/** Moves labels down until they no longer touch, then all up together where the last would leave the plot. */
function spread(tops: readonly number[]): number[] {
  const placed: number[] = []
  for (const top of tops) placed.push(Math.max(top, (placed.at(-1) ?? Number.NEGATIVE_INFINITY) + LABEL_PX))
  const overflow = Math.max(0, (placed.at(-1) ?? 0) - (PLOT.height - LABEL_PX / 2))
  return placed.map((top) => top - overflow)
}
