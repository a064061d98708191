import type { Level } from '../../../lib/domain/rule/condition.ts'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import { StateShape } from '../ui/state-shape.tsx'

/** A stretch in which an alert fired, or would have. */
export interface AlertBand {
  fromAt: Instant
  toAt: Instant
  level: Level
}

const LOOKS: Record<Level, { ground: string; text: string; shape: 'down' | 'degraded' }> = {
  warning: { ground: 'bg-degraded-strip/25', text: 'text-degraded', shape: 'degraded' },
  critical: { ground: 'bg-down-strip/25', text: 'text-down', shape: 'down' },
}
/** Marks nearer than this share would cover each other: the earlier one stays. */
const MARK_SHARE = 0.022

/** When alerts fired, behind the lines: ground, and a mark above that says how bad without its colour. */
export function AlertBands({
  bands,
  range,
}: {
  bands: readonly AlertBand[]
  range: { fromAt: Instant; toAt: Instant }
}) {
  const share = (ms: number) => ms / (range.toAt - range.fromAt)
  let lastMark = Number.NEGATIVE_INFINITY
  return bands.map(({ fromAt, toAt, level }, index) => {
    const left = share(Math.max(fromAt, range.fromAt) - range.fromAt)
    const width = share(Math.min(toAt, range.toAt) - Math.max(fromAt, range.fromAt))
    const middle = left + width / 2
    const isMarked = middle - lastMark >= MARK_SHARE
    if (isMarked) lastMark = middle
    return (
      <div
        // biome-ignore lint/suspicious/noArrayIndexKey: groups may fire at the same moment
        key={index}
        className={`absolute inset-y-0 min-w-0.5 ${LOOKS[level].ground}`}
        style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
      >
        {isMarked && (
          <span className={`absolute -top-4 left-1/2 -translate-x-1/2 ${LOOKS[level].text}`}>
            <StateShape state={LOOKS[level].shape} />
          </span>
        )}
      </div>
    )
  })
}
