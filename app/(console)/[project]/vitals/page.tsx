import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LiveRefresh } from '@/app/_components/frame/live-refresh.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader, Section } from '@/app/_components/ui/page-header.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { DAY } from '@/lib/domain/time/instant.ts'
import { VITAL_BOUNDS } from '@/lib/domain/vital/vital.ts'
import { readMarks } from '@/lib/queries/deployments.ts'
import { PAGE_ORDERS, readVitals } from '@/lib/queries/vitals.ts'
import { wireFacts } from '@/lib/wiring/people.ts'
import { alertOnHref } from '../rules/_href.ts'
import { Assessment } from './_parts/assessment.tsx'
import { MetricTable } from './_parts/metric-table.tsx'
import { PageTable } from './_parts/page-table.tsx'
import { SiteSection } from './_parts/site-section.tsx'
import { Snippet } from './_parts/snippet.tsx'
import { TrendFigure } from './_parts/trend-figure.tsx'
import { UsersFigures } from './_parts/users-figures.tsx'
import { VitalFilters } from './_parts/vital-filters.tsx'
import { readVitalRequest, vitalsHref } from './_request.ts'

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

const REFRESH_MS = 15_000
/** More rows than anybody reads; the address narrows them. */
const PAGES_SHOWN = 50

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('vitals'))('title') }
}

export default async function VitalsPage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const request = readVitalRequest(await searchParams)
  const page = await readVitals(people, project, request, now)
  const marks = await readMarks(people.deployments, project.id, page.from, page.until)
  const t = await getTranslations('vitals')
  const path = `/${project.slug}/vitals`
  const { url } = wireFacts()
  const { lastSeenAt, pageCount } = page.answer
  const hasData = lastSeenAt !== null
  const alertHref = alertOnHref(project.slug, {
    source: { of: { metric: `web.${request.metric}`, aggregate: 'p75' } },
    warning: VITAL_BOUNDS[request.metric][0],
    critical: VITAL_BOUNDS[request.metric][1],
  })
  const isEmpty = page.measured.length === 0
  return (
    <div className="flex flex-col gap-8">
      <LiveRefresh everyMs={REFRESH_MS} />
      <PageHeader title={t('title')} description={hasData && !isEmpty ? <Assessment page={page} /> : t('lead')} />
      {!hasData ? (
        <EmptyState title={t('empty.title')}>
          <p className="mb-3">{t('empty.text')}</p>
          <Snippet url={url} publicKey={page.site.publicKey} />
          <p className="mt-3 text-sm">{t('empty.waiting')}</p>
        </EmptyState>
      ) : (
        <>
          {now - lastSeenAt > DAY && (
            <Notice tone="warning" title={t('silent.title')}>
              {t('silent.since')} <RelativeTime at={lastSeenAt} now={now} timeZone={project.timeZone} />
            </Notice>
          )}
          {page.pages.some(({ page: name }) => name === '*') && <Notice tone="warning">{t('pages.crowded')}</Notice>}
          <VitalFilters page={page} request={request} path={path} />
          {isEmpty ? (
            <EmptyState title={t('nothing.title')}>{t('nothing.text')}</EmptyState>
          ) : (
            <>
              <Section title={t('metrics.title')} description={t('metrics.lead')}>
                <MetricTable page={page} request={request} path={path} />
              </Section>
              <div className="flex flex-col gap-3">
                <TrendFigure page={page} request={request} marks={marks} timeZone={project.timeZone} />
                {isRoleAtLeast(role, 'admin') && (
                  <div>
                    <ButtonLink href={alertHref} icon="bell" size="small">
                      {t('alert', { name: t(`short.${request.metric}`) })}
                    </ButtonLink>
                  </div>
                )}
              </div>
              <Section
                title={t('pages.title')}
                description={t('pages.lead', {
                  shown: Math.min(PAGES_SHOWN, page.pages.length),
                  total: pageCount,
                  name: t(`short.${request.metric}`),
                })}
                action={
                  <SegmentedLinks
                    label={t('pages.order')}
                    items={PAGE_ORDERS.map((order) => ({
                      href: vitalsHref(path, request, { order }),
                      label: t(`pages.orders.${order}`),
                      current: request.order === order,
                    }))}
                  />
                }
              >
                <PageTable pages={page.pages.slice(0, PAGES_SHOWN)} metric={request.metric} />
              </Section>
            </>
          )}
        </>
      )}
      <Section title={t('users.title')}>
        <UsersFigures users={page.users} />
      </Section>
      <SiteSection
        slug={project.slug}
        url={url}
        site={page.site}
        isAdmin={isRoleAtLeast(role, 'admin')}
        hasData={hasData}
      />
    </div>
  )
}
