import { useTranslations } from 'next-intl'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'

/** No monitor of that key; the frame stays, so that the way on is where it always is. */
export default function MonitorNotFound() {
  const t = useTranslations('monitor.notFound')
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title={t('title')} />
      <EmptyState title={t('text')}>{t('advice')}</EmptyState>
    </div>
  )
}
