import { useLocale, useTranslations } from 'next-intl'
import { formatDuration } from '../../../lib/domain/time/format-duration.ts'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import { StateShape } from '../ui/state-shape.tsx'
import type { SeriesState, StateSpan } from './types.ts'

const LOOKS: Record<SeriesState, { ground: string; text: string }> = {
  up: { ground: '', text: '' },
  degraded: { ground: 'bg-degraded-strip/25', text: 'text-degraded' },
  down: { ground: 'bg-down-strip/25', text: 'text-down' },
  unknown: { ground: 'hatched', text: 'text-unknown' },
  maintenance: { ground: 'bg-maintenance-strip/20', text: 'text-maintenance' },
  paused: { ground: 'bg-paused-strip/35', text: 'text-paused' },
}

/** A band wider than this share of the plot has room for its word. */
const WORD_SHARE = 0.14
/** Marks nearer than this share would cover each other: the earlier one stays. */
const MARK_SHARE = 0.022

/** Everything that was not up, behind the lines: ground and hatching say it, a mark and a word above say it again. */
export function StateBands({
  spans,
  range,
}: {
  spans: readonly StateSpan[]
  range: { fromAt: Instant; toAt: Instant }
}) {
  const t = useTranslations('states')
  const locale = useLocale()
  const share = (ms: number) => ms / (range.toAt - range.fromAt)
  let lastMark = Number.NEGATIVE_INFINITY
  return spans
    .filter((span) => span.state !== 'up')
    .map((span) => {
      const left = share(span.fromAt - range.fromAt)
      const width = share(span.toAt - span.fromAt)
      const middle = left + width / 2
      const isMarked = middle - lastMark >= MARK_SHARE
      if (isMarked) lastMark = middle
      return (
        <div
          key={span.fromAt}
          className={`absolute inset-y-0 min-w-0.5 ${LOOKS[span.state].ground}`}
          style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
        >
          {isMarked && (
            <span
              className={`absolute -top-5 left-1/2 flex -translate-x-1/2 items-center gap-1 whitespace-nowrap ${LOOKS[span.state].text}`}
            >
              <StateShape state={span.state} />
              {width >= WORD_SHARE && (
                <span className="@max-md:hidden">
                  {t(span.state)} {formatDuration(span.toAt - span.fromAt, locale)}
                </span>
              )}
            </span>
          )}
        </div>
      )
    })
}
