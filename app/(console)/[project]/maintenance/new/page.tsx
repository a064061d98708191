import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { addDays, localDateIn } from '@/lib/domain/time/zoned.ts'
import { MaintenanceForm } from '../_parts/maintenance-form.client.tsx'
import { maintenanceFormTexts } from '../_parts/maintenance-form-texts.ts'
import { save } from '../actions.ts'

interface Props {
  params: Promise<{ project: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('maintenance'))('new') }
}

export default async function NewMaintenancePage({ params }: Props) {
  const { project, role, now } = await requireProject((await params).project)
  const t = await getTranslations('maintenance')
  if (!isRoleAtLeast(role, 'admin')) {
    return (
      <div className="flex flex-col gap-6">
        <PageHeader title={t('new')} />
        <Notice tone="info">{t('forbidden')}</Notice>
      </div>
    )
  }
  const tomorrow = addDays(localDateIn(project.timeZone, now), 1)
  const nothing = { name: '', description: '', tags: '', keys: '', recurrence: '', announced: '' }
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('new')} description={t('newLead')} />
      <MaintenanceForm
        action={save.bind(null, project.slug, null)}
        values={{
          ...nothing,
          startDate: tomorrow,
          startTime: '02:00',
          duration: '60',
          timeZone: project.timeZone,
          repeat: 'once',
          scope: 'project',
        }}
        isNew
        texts={await maintenanceFormTexts()}
      />
    </div>
  )
}
