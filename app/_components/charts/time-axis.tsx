import { useLocale, useTranslations } from 'next-intl'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import { anchorOf, timeTicks } from './time-ticks.ts'

const ANCHORS = { start: '', middle: '-translate-x-1/2', end: '-translate-x-full' }

/** Labels under a plot at round wall-clock times, and the zone named once. On a narrow page every second label steps aside. */
export function TimeAxis({ range, timeZone }: { range: { fromAt: Instant; toAt: Instant }; timeZone: string }) {
  const t = useTranslations('charts')
  const locale = useLocale()
  const { fromAt, toAt } = range
  return (
    <div className="relative h-10">
      {timeTicks(fromAt, toAt, timeZone, locale).map(({ at, label }, index) => {
        const share = (at - fromAt) / (toAt - fromAt)
        return (
          <span
            key={at}
            className={`absolute top-2 whitespace-nowrap ${ANCHORS[anchorOf(share)]} ${index % 2 === 1 ? '@max-lg:hidden' : ''}`}
            style={{ left: `${share * 100}%` }}
          >
            {label}
          </span>
        )
      })}
      <span className="absolute right-0 bottom-0 text-ink-faint">{t('timeAxis', { zone: timeZone })}</span>
    </div>
  )
}
