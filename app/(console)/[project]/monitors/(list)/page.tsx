import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { readMonitorPage } from '@/lib/queries/monitors.ts'
import { BULK_FORM, BulkBar } from '../_list/bulk-bar.tsx'
import { DeleteConfirmation } from '../_list/delete-confirmation.tsx'
import { FilterBar } from '../_list/filter-bar.tsx'
import { MonitorPager } from '../_list/monitor-pager.tsx'
import { MonitorTable } from '../_list/monitor-table.tsx'
import { listHref, queryOf, readFilters } from '../_list/read-filters.ts'

interface PageProps {
  params: Promise<{ project: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('monitors'))('title') }
}

export default async function MonitorsPage(props: PageProps) {
  const { project, role, people } = await requireProject((await props.params).project)
  const search = await props.searchParams
  const { query, filter, after } = readFilters(search)
  const t = await getTranslations('monitors')
  const page = await readMonitorPage(people.monitors, {
    projectId: project.id,
    filter,
    after,
    locale: await getLocale(),
  })
  const path = `/${project.slug}/monitors`
  const mayConfigure = isRoleAtLeast(role, 'admin')
  const mayRespond = isRoleAtLeast(role, 'responder')
  const doomedIds = mayConfigure && typeof search.delete === 'string' ? search.delete.split(',') : []
  const doomed = page.lines.filter(({ id }) => doomedIds.includes(id))
  const isEmpty = Object.keys(page.states).length === 0
  const newMonitor = mayConfigure && (
    <ButtonLink href={`${path}/new`} variant="primary" icon="plus">
      {t('new')}
    </ButtonLink>
  )
  return (
    <div className="group/list flex flex-col gap-4">
      <PageHeader title={t('title')} action={!isEmpty && newMonitor} />
      {isEmpty ? (
        <EmptyState title={t('empty.title')} action={newMonitor}>
          {mayConfigure ? t('empty.text') : t('empty.askAdmin')}
        </EmptyState>
      ) : (
        <>
          <FilterBar path={path} query={query} page={page} />
          {doomed.length > 0 && (
            <DeleteConfirmation projectSlug={project.slug} monitors={doomed} cancelHref={listHref(path, query)} />
          )}
          {mayRespond && page.lines.length > 0 && (
            <BulkBar
              projectSlug={project.slug}
              returnTo={listHref(path, query)}
              mayConfigure={mayConfigure}
              count={page.lines.length}
            />
          )}
          {page.lines.length === 0 ? (
            <EmptyState title={t('noMatch.title')} action={<ButtonLink href={path}>{t('noMatch.action')}</ButtonLink>}>
              {t('noMatch.text')}
            </EmptyState>
          ) : (
            <MonitorTable
              caption={t('title')}
              lines={page.lines}
              now={page.now}
              timeZone={project.timeZone}
              projectSlug={project.slug}
              selectForm={mayRespond ? BULK_FORM : undefined}
            />
          )}
          <MonitorPager
            path={path}
            query={queryOf(query)}
            isFirst={after === null}
            next={page.next}
            shown={page.lines.length}
            total={page.total}
          />
        </>
      )}
    </div>
  )
}
