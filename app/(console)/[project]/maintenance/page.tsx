import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { localDateIn } from '@/lib/domain/time/zoned.ts'
import { readCalendar, readPlans } from '@/lib/queries/maintenance.ts'
import { Calendar } from './_parts/calendar.tsx'
import { DeployMute } from './_parts/deploy-mute.tsx'
import { PlanTable } from './_parts/plan-table.tsx'
import { RunningNow } from './_parts/running-now.tsx'

const querySchema = z.object({
  month: z
    .string()
    .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
    .nullable()
    .catch(null),
  done: z.enum(['saved', 'cancelled', 'ended', 'gone']).nullable().catch(null),
})

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('maintenance'))('title') }
}

export default async function MaintenancePage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const query = querySchema.parse(await searchParams)
  const t = await getTranslations('maintenance')
  const month = query.month ?? localDateIn(project.timeZone, now).slice(0, 7)
  const [calendar, plans, deployMute] = await Promise.all([
    readCalendar(people.mutes, project, month, now),
    readPlans(people.mutes, project.id, now),
    people.mutes.readDeployMute(project.id),
  ])
  const mayPlan = isRoleAtLeast(role, 'admin')
  const path = `/${project.slug}/maintenance`
  const create = (
    <ButtonLink href={`${path}/new`} variant="primary" icon="plus">
      {t('new')}
    </ButtonLink>
  )
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('title')} description={t('lead')} action={mayPlan && create} />
      {query.done !== null && (
        <Notice tone={query.done === 'gone' ? 'info' : 'success'} live>
          {t(`done.${query.done}`)}
        </Notice>
      )}
      <RunningNow
        plans={plans}
        slug={project.slug}
        now={now}
        timeZone={project.timeZone}
        mayEnd={isRoleAtLeast(role, 'responder')}
      />
      {plans.length === 0 && calendar.occurrences.length === 0 && query.month === null ? (
        <EmptyState title={t('empty.title')}>
          <p>{t(mayPlan ? 'empty.text' : 'empty.viewer')}</p>
        </EmptyState>
      ) : (
        <>
          <Calendar calendar={calendar} path={path} timeZone={project.timeZone} now={now} />
          <PlanTable plans={plans} path={path} now={now} timeZone={project.timeZone} />
        </>
      )}
      <DeployMute setting={deployMute} slug={project.slug} mayChange={mayPlan} />
    </div>
  )
}
