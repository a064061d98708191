import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { z } from 'zod'
import { ConfirmButton } from '@/app/_components/ui/confirm-button.client.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { MaintenanceForm } from '../_parts/maintenance-form.client.tsx'
import { maintenanceFormTexts } from '../_parts/maintenance-form-texts.ts'
import { NextTimes } from '../_parts/next-times.tsx'
import { valuesOf } from '../_parts/read-maintenance.ts'
import { cancel, save } from '../actions.ts'

interface Props {
  params: Promise<{ project: string; window: string }>
}

const findPlan = cache(async (slug: string, id: string) => {
  const { people, project } = await requireProject(slug)
  return z.uuid().safeParse(id).success ? people.mutes.findMaintenance(project.id, id) : null
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, window } = await params
  const plan = await findPlan(project, window)
  return plan === null ? {} : { title: plan.name }
}

export default async function MaintenanceWindowPage({ params }: Props) {
  const { project: slug, window: id } = await params
  const { project, role, now } = await requireProject(slug)
  const plan = await findPlan(slug, id)
  if (plan === null) notFound()
  const t = await getTranslations('maintenance')
  const mayPlan = isRoleAtLeast(role, 'admin')
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={plan.name} description={plan.description || t('by', { author: plan.author })} />
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        {mayPlan ? (
          <MaintenanceForm
            action={save.bind(null, slug, plan.id)}
            values={valuesOf(plan)}
            isNew={false}
            texts={await maintenanceFormTexts()}
          />
        ) : (
          <Notice tone="info">{t('forbidden')}</Notice>
        )}
        <div className="flex min-w-0 flex-col gap-8">
          <NextTimes plan={plan} now={now} timeZone={project.timeZone} />
          {mayPlan && (
            <div>
              <ConfirmButton
                label={t('cancel.label')}
                title={t('cancel.title', { name: plan.name })}
                lost={t('cancel.lost')}
                confirmLabel={t('cancel.confirm')}
                cancelLabel={t('cancel.keep')}
                action={cancel.bind(null, slug, plan.id)}
              />
            </div>
          )}
        </div>
      </div>
    </div>
  )
}
