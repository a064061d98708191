import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { LinkTabs, SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { PageHeader, Section } from '@/app/_components/ui/page-header.tsx'
import { Pagination } from '@/app/_components/ui/pagination.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { positionSchema, type SearchParams, withQuery } from '@/app/_session/query.ts'
import { PRIORITIES } from '@/lib/domain/monitor/severity.ts'
import { INCIDENT_FILTERS, type IncidentList, readIncidents } from '@/lib/queries/incidents.ts'
import { IncidentTable } from './_parts/incident-table.tsx'

const querySchema = z.object({
  status: z.enum(INCIDENT_FILTERS).catch('all'),
  priority: z.enum(PRIORITIES).nullable().catch(null),
  before: positionSchema,
  after: positionSchema,
})
type Query = z.infer<typeof querySchema>

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('incidents'))('title') }
}

export default async function IncidentsPage({ params, searchParams }: Props) {
  const { people, project, now } = await requireProject((await params).project)
  const query = querySchema.parse(await searchParams)
  const { status, priority, before, after } = query
  const list = await readIncidents(people.incidents, project.id, { status, priority, below: before, above: after })
  const t = await getTranslations('incidents')
  const locale = await getLocale()
  const path = `/${project.slug}/incidents`
  const table = { now, timeZone: project.timeZone, path, locale }
  const isEmpty = list.open.length === 0 && (list.resolved?.rows.length ?? 0) === 0
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('title')} description={sentenceOf(list, t)} />
      <div className="flex flex-col gap-3">
        <Filters path={path} query={query} list={list} t={t} />
      </div>
      {isEmpty && (
        <EmptyState title={t(status === 'all' && priority === null ? 'empty.title' : 'empty.filtered')}>
          {t('empty.text')}
        </EmptyState>
      )}
      {list.open.length > 0 && (
        <Section title={t('open')}>
          <IncidentTable incidents={list.open} caption={t('open')} {...table} />
        </Section>
      )}
      {list.resolved !== null && list.resolved.rows.length > 0 && (
        <Section title={t('resolved')}>
          <IncidentTable incidents={list.resolved.rows} caption={t('resolved')} {...table} />
        </Section>
      )}
      {list.resolved !== null && (
        <Pagination
          newerHref={pageHref(path, query, 'after', list.resolved.newerAbove)}
          olderHref={pageHref(path, query, 'before', list.resolved.olderBelow)}
        />
      )}
    </div>
  )
}

type Translate = Awaited<ReturnType<typeof getTranslations<'incidents'>>>

function sentenceOf({ openCount, unacknowledgedCount }: IncidentList, t: Translate): string {
  if (openCount === 0) return t('sentence.none')
  return t('sentence.open', { open: openCount, unacknowledged: unacknowledgedCount })
}

function Filters({ path, query, list, t }: { path: string; query: Query; list: IncidentList; t: Translate }) {
  const { status, priority } = query
  const counts = {
    all: undefined,
    triggered: list.unacknowledgedCount,
    acknowledged: list.openCount - list.unacknowledgedCount,
    resolved: undefined,
  }
  const href = (filter: { status?: string; priority?: string | null }) => {
    const chosen = { status, priority, ...filter }
    return withQuery(path, { status: chosen.status === 'all' ? null : chosen.status, priority: chosen.priority })
  }
  return (
    <>
      <LinkTabs
        label={t('filter.status')}
        items={INCIDENT_FILTERS.map((value) => ({
          href: href({ status: value }),
          label: t(`filter.${value}`),
          current: status === value,
          count: counts[value],
        }))}
      />
      <SegmentedLinks
        label={t('filter.priority')}
        items={[null, ...PRIORITIES].map((value) => ({
          href: href({ priority: value }),
          label: value ?? t('filter.any'),
          current: priority === value,
        }))}
      />
    </>
  )
}

function pageHref(path: string, query: Query, name: 'before' | 'after', key: number | null): string | null {
  if (key === null) return null
  const { status, priority } = query
  return withQuery(path, { status: status === 'all' ? null : status, priority, [name]: key })
}
