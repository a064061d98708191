import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Notice } from '@/app/_components/ui/notice.tsx'
import type { Overview } from '@/lib/queries/overview.ts'

/** What would keep a page from reaching anyone. */
export function OverviewNotices(props: { overview: Overview; projectSlug: string; mayConfigure: boolean }) {
  const t = useTranslations('overview')
  const { deadNotifications, hasChannel, steps, total } = props.overview
  const isMute = !hasChannel && total > 0 && steps === null
  if (deadNotifications === 0 && !isMute) return null
  return (
    <div className="flex flex-col gap-2">
      {isMute && (
        <Notice tone="warning" title={t('noChannel.title')}>
          {props.mayConfigure ? (
            <Link href={`/${props.projectSlug}/channels`} className="underline underline-offset-4">
              {t('noChannel.action')}
            </Link>
          ) : (
            t('noChannel.ask')
          )}
        </Notice>
      )}
      {deadNotifications > 0 && (
        <Notice tone="warning" title={t('dead.title', { count: deadNotifications })}>
          <Link href={`/${props.projectSlug}/deliveries?status=dead`} className="underline underline-offset-4">
            {t('dead.action')}
          </Link>
        </Notice>
      )}
    </div>
  )
}
