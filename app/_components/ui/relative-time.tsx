import { useLocale } from 'next-intl'
import { formatMomentIn } from '../../../lib/domain/time/format-zoned.ts'
import { type Instant, toIso } from '../../../lib/domain/time/instant.ts'
import { RelativeTimeText } from './relative-time-text.client.tsx'

/**
 * How long ago, with the absolute time in the project's zone on hover and focus. `focusable={false}` inside a link, where a
 * second stop of the Tab key would be one too many: the absolute time then shows on hover, and is read out with the link.
 */
export function RelativeTime(props: { at: Instant; now: Instant; timeZone: string; focusable?: boolean }) {
  const locale = useLocale()
  const absolute = formatMomentIn(props.timeZone, props.at, locale)
  return (
    <time
      dateTime={toIso(props.at)}
      data-absolute={absolute}
      tabIndex={props.focusable === false ? undefined : 0}
      className="absolute-on-focus whitespace-nowrap tabular-nums"
    >
      <RelativeTimeText at={props.at} now={props.now} locale={locale} />
      <span className="sr-only"> ({absolute})</span>
    </time>
  )
}
