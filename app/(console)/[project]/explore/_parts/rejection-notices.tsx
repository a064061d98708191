import { useTranslations } from 'next-intl'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { DAY, type Instant } from '@/lib/domain/time/instant.ts'
import type { RejectionNotice } from '@/lib/ports/telemetry-reader.ts'

/** So many are shown at once. Under a page of notices nobody would find the chart. */
const SHOWN = 2

interface Props {
  notices: readonly RejectionNotice[]
  now: Instant
  timeZone: string
}

/** What applications sent in the last day and was not taken: nobody looks into the answers that an exporter gets. */
export function RejectionNotices({ notices, now, timeZone }: Props) {
  const t = useTranslations('explore.rejected')
  const recent = notices.filter(({ lastAt }) => now - lastAt < DAY).toSorted(worstFirst)
  if (recent.length === 0) return null
  const rest = recent.slice(SHOWN)
  return (
    <Notice tone="warning" title={t('title')}>
      <NoticeList notices={recent.slice(0, SHOWN)} now={now} timeZone={timeZone} />
      {rest.length > 0 && (
        <details className="mt-1">
          <summary className="w-fit text-sm underline decoration-line-strong underline-offset-4">
            {t('more', { count: rest.length })}
          </summary>
          <NoticeList notices={rest} now={now} timeZone={timeZone} />
        </details>
      )}
    </Notice>
  )
}

/** A full project takes nothing new until somebody acts; of the others the newest come first. */
function worstFirst(one: RejectionNotice, other: RejectionNotice): number {
  return Number(other.code === 'series_limit') - Number(one.code === 'series_limit') || other.lastAt - one.lastAt
}

function NoticeList({ notices, now, timeZone }: Props) {
  const t = useTranslations('explore.rejected')
  return (
    <ul className="flex flex-col gap-1">
      {notices.map(({ source, code, count, message, lastAt }) => (
        <li key={`${source} ${code} ${lastAt}`}>
          {t('line', { count, source })} <RelativeTime at={lastAt} now={now} timeZone={timeZone} />
          <span className="block text-sm text-ink-muted [overflow-wrap:anywhere]">{message}</span>
        </li>
      ))}
    </ul>
  )
}
