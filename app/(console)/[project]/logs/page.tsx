import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { LiveRefresh } from '@/app/_components/frame/live-refresh.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { FirstCall } from '@/app/_components/ui/first-call.tsx'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { Pagination } from '@/app/_components/ui/pagination.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import { LOG_RANGES, LOG_STATUSES, readLogs } from '@/lib/queries/logs.ts'
import { LogForm } from './_parts/log-form.tsx'
import { LogLines } from './_parts/log-lines.tsx'
import { logsHref, readLogRequest } from './_request.ts'

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

const EXAMPLE = '{"level":"info","service":"shop","message":"hello"}'
const REFRESH_MS = 15_000

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('logs'))('title') }
}

export default async function LogsPage({ params, searchParams }: Props) {
  const { people, project, now } = await requireProject((await params).project)
  const request = readLogRequest(await searchParams)
  const t = await getTranslations('logs')
  const locale = await getLocale()
  const view = await readLogs(people.telemetry, project.id, request, now)
  const path = `/${project.slug}/logs`
  const hasSpan = request.from !== null && request.to !== null
  const isNewest = request.below === null && request.at === null && !hasSpan
  const isPlain =
    !hasSpan &&
    [request.level, request.status, request.service, request.request, request.q].every((one) => one === null)
  const span = {
    from: formatBriefIn(project.timeZone, view.from, now, locale),
    until: formatBriefIn(project.timeZone, view.until, now, locale),
  }
  return (
    <div className="flex flex-col gap-5">
      {isNewest && <LiveRefresh everyMs={REFRESH_MS} />}
      <PageHeader title={t('title')} description={isNewest ? t('lead') : t('span', span)} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <LogForm path={path} request={request} />
        <div className="flex flex-wrap gap-3">
          <SegmentedLinks
            label={t('status')}
            items={[null, ...LOG_STATUSES].map((status) => ({
              href: logsHref(path, request, { status, below: null }),
              label: t(`statuses.${status ?? 'all'}`),
              current: request.status === status,
            }))}
          />
          <SegmentedLinks
            label={t('range')}
            items={LOG_RANGES.map((range) => ({
              href: logsHref(path, request, { range, from: null, to: null, below: null }),
              label: t(`ranges.${range}`),
              current: request.range === range && !hasSpan,
            }))}
          />
        </div>
      </div>
      {view.lines.length > 0 ? (
        <LogLines lines={view.lines} path={path} request={request} timeZone={project.timeZone} now={now} />
      ) : isPlain ? (
        <EmptyState
          title={t('empty.title')}
          action={<ButtonLink href={`/${project.slug}/settings/keys`}>{t('empty.action')}</ButtonLink>}
        >
          <p>{t('empty.text')}</p>
          <FirstCall path="/api/ingest/logs" body={EXAMPLE} />
        </EmptyState>
      ) : (
        <EmptyState title={t('nothing.title')}>{t('nothing.text')}</EmptyState>
      )}
      <Pagination
        newerHref={request.below === null ? null : logsHref(path, request, { below: null })}
        olderHref={view.next === null ? null : logsHref(path, request, { below: view.next })}
      />
    </div>
  )
}
