import { useTranslations } from 'next-intl'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { DAY, type Instant } from '@/lib/domain/time/instant.ts'
import type { RejectionNotice } from '@/lib/ports/telemetry-reader.ts'

/** What applications sent in the last day and was not taken: nobody looks into the answers that an exporter gets. */
export function RejectionNotices(props: { notices: readonly RejectionNotice[]; now: Instant; timeZone: string }) {
  const t = useTranslations('explore.rejected')
  const recent = props.notices.filter(({ lastAt }) => props.now - lastAt < DAY)
  if (recent.length === 0) return null
  return (
    <Notice tone="warning" title={t('title')}>
      <ul className="flex flex-col gap-1">
        {recent.map(({ source, code, count, message, lastAt }) => (
          <li key={`${source} ${code} ${lastAt}`}>
            {t('line', { count, source })} <RelativeTime at={lastAt} now={props.now} timeZone={props.timeZone} />
            <span className="block text-sm text-ink-muted [overflow-wrap:anywhere]">{message}</span>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
