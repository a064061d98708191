import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { FirstCall } from '@/app/_components/ui/first-call.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { readKpis } from '@/lib/queries/kpis.ts'
import { DigestSection } from './_parts/digest-section.tsx'
import { KpiTable } from './_parts/kpi-table.tsx'

const querySchema = z.object({ done: z.enum(['deleted']).nullable().catch(null) })
const EXAMPLE = '{"name":"business.signups","value":41}'

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('kpis'))('title') }
}

export default async function KpisPage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const { done } = querySchema.parse(await searchParams)
  const t = await getTranslations('kpis')
  const [kpis, channels, chosen] = await Promise.all([
    readKpis(people.kpis, project.id, now),
    people.channels.listChannels(project.id),
    people.kpis.listDigestChannels(project.id),
  ])
  const mayChange = isRoleAtLeast(role, 'admin')
  const path = `/${project.slug}/kpis`
  const newKpi = (
    <ButtonLink href={`${path}/new`} variant="primary" icon="plus">
      {t('new')}
    </ButtonLink>
  )
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('title')} description={t('lead')} action={mayChange && kpis.length > 0 && newKpi} />
      {done !== null && (
        <Notice tone="success" live>
          {t(`done.${done}`)}
        </Notice>
      )}
      {kpis.length === 0 ? (
        <EmptyState title={t('empty.title')} action={mayChange && newKpi}>
          <p>{t(mayChange ? 'empty.text' : 'empty.viewer')}</p>
          <FirstCall path="/api/ingest/metrics" body={EXAMPLE} />
        </EmptyState>
      ) : (
        <>
          <KpiTable kpis={kpis} path={path} now={now} timeZone={project.timeZone} />
          <DigestSection
            slug={project.slug}
            timeZone={project.timeZone}
            channels={channels}
            chosen={chosen}
            mayChange={mayChange}
          />
        </>
      )}
    </div>
  )
}
