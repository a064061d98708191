import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { z } from 'zod'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { formatFigure } from '@/lib/domain/kpi/format-figure.ts'
import { explanationOf } from '@/lib/domain/kpi/reading.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { readKpis } from '@/lib/queries/kpis.ts'
import { KpiCourse } from '../_parts/kpi-course.tsx'
import { KpiForm } from '../_parts/kpi-form.client.tsx'
import { kpiFormTexts } from '../_parts/kpi-form-texts.ts'
import { KpiSide } from '../_parts/kpi-side.tsx'
import { ReadOnlyRole } from '../_parts/read-only-role.tsx'
import { submit } from '../actions.ts'

const querySchema = z.object({ done: z.enum(['created', 'updated', 'unchanged']).nullable().catch(null) })

interface Props {
  params: Promise<{ project: string; kpi: string }>
  searchParams: SearchParams
}

const findKpi = cache(async (slug: string, given: string) => {
  const { people, project, now } = await requireProject(slug)
  const key = decodeKey(given)
  return (await readKpis(people.kpis, project.id, now)).find((kpi) => kpi.key === key) ?? null
})

/** An address that is no text names no KPI. */
function decodeKey(given: string): string {
  try {
    return decodeURIComponent(given)
  } catch {
    return ''
  }
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, kpi } = await params
  const found = await findKpi(project, kpi)
  return found === null ? {} : { title: found.name }
}

export default async function KpiPage({ params, searchParams }: Props) {
  const { project: slug, kpi: key } = await params
  const { project, role, now } = await requireProject(slug)
  const kpi = await findKpi(slug, key)
  if (kpi === null) notFound()
  const { done } = querySchema.parse(await searchParams)
  const t = await getTranslations('kpis')
  const locale = await getLocale()
  const mayChange = isRoleAtLeast(role, 'admin')
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={kpi.name}
        description={
          <span className="text-lg text-ink tabular-nums">
            {kpi.value === null ? t('noValue') : formatFigure(kpi.value, kpi.unit, locale)}
          </span>
        }
      />
      {done !== null && (
        <Notice tone="success" live>
          {t(`done.${done}`)}
        </Notice>
      )}
      {kpi.fault !== null && (
        <Notice tone="error" title={t(`faults.${kpi.fault}`)}>
          <span lang="en">{explanationOf(kpi.fault, kpi.error)}</span>
        </Notice>
      )}
      {kpi.canWrite === true && (
        <Notice tone="warning" title={t('canWrite.title')}>
          {t('canWrite.text')}
          {mayChange && <ReadOnlyRole />}
        </Notice>
      )}
      {kpi.isManagedByFile && <Notice tone="info">{t('managedByFile')}</Notice>}
      <KpiCourse kpi={kpi} slug={slug} now={now} timeZone={project.timeZone} />
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        {mayChange ? (
          <KpiForm
            action={submit.bind(null, slug, kpi.id)}
            kind={kpi.kind}
            values={{
              name: kpi.name,
              key: kpi.key,
              unit: kpi.unit,
              query: kpi.query ?? '',
              schedule: kpi.schedule ?? '',
              timeZone: kpi.timeZone ?? '',
              lowerLimit: kpi.lowerLimit === null ? '' : String(kpi.lowerLimit),
              upperLimit: kpi.upperLimit === null ? '' : String(kpi.upperLimit),
            }}
            hasConnection={kpi.kind === 'sql'}
            isNew={false}
            texts={await kpiFormTexts()}
          />
        ) : (
          <Notice tone="info">{t('forbidden')}</Notice>
        )}
        <KpiSide kpi={kpi} slug={slug} now={now} timeZone={project.timeZone} mayChange={mayChange} />
      </div>
    </div>
  )
}
