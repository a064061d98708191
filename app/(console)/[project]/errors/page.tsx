import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LiveRefresh } from '@/app/_components/frame/live-refresh.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { LinkTabs } from '@/app/_components/ui/link-tabs.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { Pagination } from '@/app/_components/ui/pagination.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { ERROR_FILTERS, readErrors } from '@/lib/queries/errors.ts'
import { ErrorTable } from './_parts/error-table.tsx'
import { errorsHref, readErrorRequest } from './_request.ts'

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

const REFRESH_MS = 30_000

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('errorList'))('title') }
}

export default async function ErrorsPage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const request = readErrorRequest(await searchParams)
  const t = await getTranslations('errorList')
  const list = await readErrors(people.errors, project.id, request)
  const path = `/${project.slug}/errors`
  if (list.isEmpty) {
    const mayConnect = isRoleAtLeast(role, 'admin')
    return (
      <div className="flex flex-col gap-6">
        <PageHeader title={t('title')} description={t('lead')} />
        <EmptyState
          title={t('empty.title')}
          action={
            mayConnect && (
              <ButtonLink href={`/${project.slug}/settings/integrations`} variant="primary">
                {t('empty.action')}
              </ButtonLink>
            )
          }
        >
          {t(mayConnect ? 'empty.text' : 'empty.viewer')}
        </EmptyState>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-5">
      {request.below === null && <LiveRefresh everyMs={REFRESH_MS} />}
      <PageHeader
        title={t('title')}
        description={t('lead')}
        action={
          <ButtonLink href={`/${project.slug}/explore?metric=errors&by=release`} icon="chart-line">
            {t('overTime')}
          </ButtonLink>
        }
      />
      <LinkTabs
        label={t('columns.status')}
        items={ERROR_FILTERS.map((status) => ({
          href: errorsHref(path, request, { status, below: null }),
          label: t(`filter.${status}`),
          current: request.status === status,
        }))}
      />
      {list.issues.length === 0 ? (
        <EmptyState title={t('nothing.title')}>{t('nothing.text')}</EmptyState>
      ) : (
        <ErrorTable issues={list.issues} now={now} timeZone={project.timeZone} />
      )}
      <Pagination
        newerHref={request.below === null ? null : errorsHref(path, request, { below: null })}
        olderHref={list.next === null ? null : errorsHref(path, request, { below: list.next })}
      />
    </div>
  )
}
