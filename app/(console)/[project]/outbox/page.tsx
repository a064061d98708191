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
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { readOutbox } from '@/lib/queries/outbox.ts'
import { OutboxTable } from './_parts/outbox-table.tsx'

const KINDS = ['email', 'slack', 'sms'] as const

const querySchema = z.object({
  kind: z.enum(KINDS).nullable().catch(null),
  before: positionSchema,
  after: positionSchema,
})

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('outbox'))('title') }
}

export default async function OutboxPage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const { kind, before, after } = querySchema.parse(await searchParams)
  const t = await getTranslations('outbox')
  const path = `/${project.slug}/outbox`
  const header = <PageHeader title={t('title')} description={t('lead')} />
  if (!isRoleAtLeast(role, 'responder')) {
    return (
      <div className="flex flex-col gap-6">
        {header}
        <Notice tone="info">{t('forbidden')}</Notice>
      </div>
    )
  }
  const page = await readOutbox(people.channels, project.id, { channelKind: kind, below: before, above: after })
  return (
    <div className="flex flex-col gap-6">
      {header}
      <LinkTabs
        label={t('filter.label')}
        items={[null, ...KINDS].map((value) => ({
          href: withQuery(path, { kind: value }),
          label: t(`filter.${value ?? 'all'}`),
          current: kind === value,
        }))}
      />
      {page.rows.length === 0 ? (
        <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
      ) : (
        <OutboxTable messages={page.rows} path={path} now={now} timeZone={project.timeZone} />
      )}
      <Pagination
        newerHref={page.newerAbove === null ? null : withQuery(path, { kind, after: page.newerAbove })}
        olderHref={page.olderBelow === null ? null : withQuery(path, { kind, before: page.olderBelow })}
      />
    </div>
  )
}
