import { useTranslations } from 'next-intl'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import type { Role } from '@/lib/domain/monitor/role.ts'

/** A page that this role may not use: which one may, and who can change it. */
export function NotAllowed({ title, role }: { title: string; role: Role }) {
  const t = useTranslations('monitors.notAllowed')
  const roles = useTranslations('frame.role')
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title={title} />
      <Notice tone="info" title={t('title', { role: roles(role) })}>
        {t('text')}
      </Notice>
    </div>
  )
}
