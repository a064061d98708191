import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { LinkTabs } from '@/app/_components/ui/link-tabs.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { Pagination } from '@/app/_components/ui/pagination.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { positionSchema, type SearchParams, withQuery } from '@/app/_session/query.ts'
import { readDeliveries } from '@/lib/queries/deliveries.ts'
import { DeliveryTable } from './_parts/delivery-table.tsx'

const STATUSES = ['pending', 'delivered', 'dead'] as const

const querySchema = z.object({
  status: z.enum(STATUSES).nullable().catch(null),
  channel: z.uuid().nullable().catch(null),
  before: positionSchema,
  after: positionSchema,
})

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('deliveries'))('title') }
}

export default async function DeliveriesPage({ params, searchParams }: Props) {
  const { people, project, now } = await requireProject((await params).project)
  const { status, channel, before, after } = querySchema.parse(await searchParams)
  const t = await getTranslations('deliveries')
  const request = { status, channelId: channel, below: before, above: after }
  const { page, deadCount } = await readDeliveries(people.channels, project.id, request)
  const path = `/${project.slug}/deliveries`
  const channelName = channel === null ? null : (page.rows[0]?.channel.name ?? t('thisChannel'))
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={channelName === null ? t('title') : t('titleOf', { channel: channelName })}
        description={deadCount === 0 ? t('sentence.fine') : t('sentence.dead', { count: deadCount })}
      />
      {deadCount > 0 && status !== 'dead' && <Notice tone="warning">{t('deadNotice', { count: deadCount })}</Notice>}
      <LinkTabs
        label={t('filter.label')}
        items={[null, ...STATUSES].map((value) => ({
          href: withQuery(path, { status: value, channel }),
          label: t(`filter.${value ?? 'all'}`),
          current: status === value,
          count: value === 'dead' ? deadCount : undefined,
        }))}
      />
      {page.rows.length === 0 ? (
        <EmptyState title={t(status === null ? 'empty.title' : 'empty.filtered')}>{t('empty.text')}</EmptyState>
      ) : (
        <DeliveryTable notifications={page.rows} path={path} now={now} timeZone={project.timeZone} />
      )}
      <Pagination
        newerHref={page.newerAbove === null ? null : withQuery(path, { status, channel, after: page.newerAbove })}
        olderHref={page.olderBelow === null ? null : withQuery(path, { status, channel, before: page.olderBelow })}
      />
    </div>
  )
}
