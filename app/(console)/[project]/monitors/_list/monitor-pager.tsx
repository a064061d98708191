import { useTranslations } from 'next-intl'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import type { MonitorCursor } from '@/lib/ports/monitor-reader.ts'
import { formatCursor } from './cursor.ts'

/** On to the next monitors and back to the worst ones; nothing where all of them fit on one page. */
export function MonitorPager(props: {
  path: string
  /** Filters that stay while one pages. */
  query: Record<string, string>
  isFirst: boolean
  next: MonitorCursor | null
  shown: number
  total: number
}) {
  const t = useTranslations('monitors.pager')
  if (props.isFirst && props.next === null) return null
  const href = (extra: Record<string, string>) => {
    const search = new URLSearchParams({ ...props.query, ...extra }).toString()
    return search === '' ? props.path : `${props.path}?${search}`
  }
  return (
    <nav aria-label={t('label')} className="flex flex-wrap items-center justify-between gap-2">
      <span className="text-sm text-ink-muted">{t('shown', { shown: props.shown, total: props.total })}</span>
      <span className="flex gap-2">
        {!props.isFirst && (
          <ButtonLink href={href({})} icon="chevron-left">
            {t('first')}
          </ButtonLink>
        )}
        {props.next && <ButtonLink href={href({ after: formatCursor(props.next) })}>{t('next')}</ButtonLink>}
      </span>
    </nav>
  )
}
