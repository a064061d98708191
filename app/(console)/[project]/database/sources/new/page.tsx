import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader, Section } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { SourceForm } from '../../_parts/source-form.client.tsx'
import { sourceFormTexts } from '../../_parts/source-form-texts.ts'
import { SqlBlock } from '../../_parts/sql-block.tsx'
import { save } from '../../actions.ts'

const KINDS = ['postgres', 'supabase'] as const
const querySchema = z.object({ kind: z.enum(KINDS).catch('postgres') })

const ROLE_SQL = `create role vigie login password '…' connection limit 3;
grant pg_monitor to vigie;`

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('database.form'))('newTitle') }
}

export default async function NewDatabasePage({ params, searchParams }: Props) {
  const { project, role } = await requireProject((await params).project)
  const { kind } = querySchema.parse(await searchParams)
  const t = await getTranslations('database')
  if (!isRoleAtLeast(role, 'admin')) {
    return (
      <div className="flex flex-col gap-6">
        <PageHeader title={t('form.newTitle')} />
        <Notice tone="info">{t('form.forbidden')}</Notice>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('form.newTitle')} description={t('form.newLead')} />
      <SegmentedLinks
        label={t('form.kind')}
        items={KINDS.map((value) => ({
          href: `/${project.slug}/database/sources/new?kind=${value}`,
          label: t(`kinds.${value}`),
          current: value === kind,
        }))}
      />
      <div className="grid gap-x-10 gap-y-8 *:min-w-0 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <SourceForm
          key={kind}
          action={save.bind(null, project.slug, null, null)}
          kind={kind}
          values={{ name: '', projectRef: '', storageLimitGb: '', enabled: true }}
          hasMetricsKey={false}
          isNew
          texts={await sourceFormTexts(null)}
        />
        <Section title={t('form.roleTitle')} description={t('form.roleText')}>
          <SqlBlock>{ROLE_SQL}</SqlBlock>
        </Section>
      </div>
    </div>
  )
}
