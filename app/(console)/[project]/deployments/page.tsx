import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LiveRefresh } from '@/app/_components/frame/live-refresh.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { FirstCall } from '@/app/_components/ui/first-call.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { Pagination } from '@/app/_components/ui/pagination.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { readDeployments } from '@/lib/queries/deployments.ts'
import { DeploymentForm } from './_parts/deployment-form.tsx'
import { DeploymentTable } from './_parts/deployment-table.tsx'
import { deploymentsHref, readDeploymentRequest } from './_request.ts'

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

const EXAMPLE = '{"service":"shop","commit":"3f1c9a2","status":"succeeded"}'
const REFRESH_MS = 30_000

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('deployments'))('title') }
}

export default async function DeploymentsPage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const request = readDeploymentRequest(await searchParams)
  const t = await getTranslations('deployments')
  const list = await readDeployments(people.deployments, project.id, request)
  const path = `/${project.slug}/deployments`
  const { rows, newerAbove, olderBelow } = list.page
  const everywhere = { below: null, above: null }
  if (list.isEmpty) {
    return (
      <div className="flex flex-col gap-6">
        <PageHeader title={t('title')} description={t('lead')} />
        <EmptyState
          title={t('empty.title')}
          action={
            isRoleAtLeast(role, 'admin') && (
              <ButtonLink href={`/${project.slug}/settings/integrations`} variant="primary">
                {t('empty.action')}
              </ButtonLink>
            )
          }
        >
          <p>{t(isRoleAtLeast(role, 'admin') ? 'empty.text' : 'empty.viewer')}</p>
          <FirstCall path="/api/v1/deployments" body={EXAMPLE} />
        </EmptyState>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-5">
      {request.below === null && request.above === null && <LiveRefresh everyMs={REFRESH_MS} />}
      <PageHeader
        title={t('title')}
        description={t('lead')}
        action={
          <ButtonLink href={deploymentsHref(`${path}/csv`, { ...request, ...everywhere })} icon="file-text">
            {t('csv')}
          </ButtonLink>
        }
      />
      <DeploymentForm path={path} request={request} list={list} />
      {rows.length === 0 ? (
        <EmptyState title={t('nothing.title')}>{t('nothing.text')}</EmptyState>
      ) : (
        <DeploymentTable deployments={rows} now={now} timeZone={project.timeZone} />
      )}
      <Pagination
        newerHref={newerAbove === null ? null : deploymentsHref(path, request, { ...everywhere, above: newerAbove })}
        olderHref={olderBelow === null ? null : deploymentsHref(path, request, { ...everywhere, below: olderBelow })}
      />
    </div>
  )
}
