import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { LinkTabs, SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { Pagination } from '@/app/_components/ui/pagination.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { type AlertRequest, readAlerts } from '@/lib/queries/alerts.ts'
import { AlertTable } from './_parts/alert-table.tsx'
import { alertsHref, readAlertRequest } from './_request.ts'

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('alerts'))('title') }
}

export default async function AlertsPage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const request = readAlertRequest(await searchParams)
  const { alerts, newerAbove, olderBelow } = await readAlerts(people.rules, project.id, request)
  const t = await getTranslations('alerts')
  const path = `/${project.slug}/alerts`
  const place = { slug: project.slug, timeZone: project.timeZone, now, locale: await getLocale() }
  const start = { below: null, above: null }
  const href = (changes: Partial<AlertRequest>) => alertsHref(path, request, { ...start, ...changes })
  const isFiltered = request.status !== null || request.subject !== null || request.rule !== null
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={t('title')}
        description={t('lead')}
        action={
          alerts.length > 0 && (
            <ButtonLink href={alertsHref(`${path}/csv`, request, start)} icon="file-text">
              {t('csv')}
            </ButtonLink>
          )
        }
      />
      <div className="flex flex-col gap-3">
        <LinkTabs
          label={t('filter.status')}
          items={([null, 'firing', 'resolved'] as const).map((status) => ({
            href: href({ status }),
            label: t(`filter.${status ?? 'all'}`),
            current: request.status === status,
          }))}
        />
        <SegmentedLinks
          label={t('filter.subject')}
          items={([null, 'rule', 'monitor'] as const).map((subject) => ({
            href: href({ subject, rule: null }),
            label: t(`filter.${subject ?? 'both'}`),
            current: request.subject === subject && request.rule === null,
          }))}
        />
        {request.rule !== null && (
          <p className="text-sm text-ink-muted">
            {t('filter.ofRule', { rule: request.rule })}{' '}
            <a href={href({ rule: null })} className="underline underline-offset-4">
              {t('filter.showAll')}
            </a>
          </p>
        )}
      </div>
      {alerts.length === 0 ? (
        <EmptyState title={t(isFiltered ? 'empty.filtered' : 'empty.title')}>{t('empty.text')}</EmptyState>
      ) : (
        <AlertTable alerts={alerts} place={place} maySilence={isRoleAtLeast(role, 'responder')} />
      )}
      <Pagination
        newerHref={newerAbove === null ? null : href({ above: newerAbove })}
        olderHref={olderBelow === null ? null : href({ below: olderBelow })}
      />
    </div>
  )
}
