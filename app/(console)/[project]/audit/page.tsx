import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { Pagination } from '@/app/_components/ui/pagination.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { positionSchema, type SearchParams, withQuery } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { AUDIT_SUBJECTS, readAudit } from '@/lib/queries/audit.ts'
import { AuditTable } from './_parts/audit-table.tsx'

const querySchema = z.object({
  about: z.enum(AUDIT_SUBJECTS).nullable().catch(null),
  before: positionSchema,
  after: positionSchema,
})

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') }
}

export default async function AuditPage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const { about, before, after } = querySchema.parse(await searchParams)
  const t = await getTranslations('audit')
  const path = `/${project.slug}/audit`
  if (!isRoleAtLeast(role, 'admin')) {
    return (
      <div className="flex flex-col gap-6">
        <PageHeader title={t('title')} description={t('lead')} />
        <Notice tone="info">{t('forbidden')}</Notice>
      </div>
    )
  }
  const page = await readAudit(people.settings, project.id, { subjectKind: about, below: before, above: after })
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('title')} description={t('lead')} />
      <div className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
        <SegmentedLinks
          label={t('filter')}
          items={[null, ...AUDIT_SUBJECTS].map((value) => ({
            href: withQuery(path, { about: value }),
            label: t(`subjects.${value ?? 'all'}`),
            current: about === value,
          }))}
        />
      </div>
      {page.rows.length === 0 ? (
        <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>
      ) : (
        <AuditTable lines={page.rows} slug={project.slug} now={now} timeZone={project.timeZone} />
      )}
      <Pagination
        newerHref={page.newerAbove === null ? null : withQuery(path, { about, after: page.newerAbove })}
        olderHref={page.olderBelow === null ? null : withQuery(path, { about, before: page.olderBelow })}
      />
    </div>
  )
}
