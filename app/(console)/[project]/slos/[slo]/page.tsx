import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { ConfirmButton } from '@/app/_components/ui/confirm-button.client.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { budgetSentence } from '@/lib/domain/slo/describe.ts'
import { readSloIncidents } from '@/lib/queries/slo-incidents.ts'
import { BurnFigure } from '../_parts/burn-figure.tsx'
import { Findings } from '../_parts/findings.tsx'
import { Numbers } from '../_parts/numbers.tsx'
import { SloCourse } from '../_parts/slo-course.tsx'
import { SloFacts } from '../_parts/slo-facts.tsx'
import { SloIncidentList } from '../_parts/slo-incident-list.tsx'
import { SloStateMark } from '../_parts/slo-state.tsx'
import { findSlo } from '../_request.ts'
import { remove, watch } from '../actions.ts'

const querySchema = z.object({ done: z.enum(['created', 'updated', 'unchanged']).nullable().catch(null) })

interface Props {
  params: Promise<{ project: string; slo: string }>
  searchParams: SearchParams
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, slo } = await params
  const found = await findSlo(project, slo)
  return found === null ? {} : { title: found.slo.name }
}

export default async function SloPage({ params, searchParams }: Props) {
  const { project: slug, slo: key } = await params
  const { people, project, role, now } = await requireProject(slug)
  const view = await findSlo(slug, key)
  if (view === null) notFound()
  const { done } = querySchema.parse(await searchParams)
  const t = await getTranslations('slos')
  const locale = await getLocale()
  const mayChange = isRoleAtLeast(role, 'admin')
  const { slo } = view
  const { timeZone } = project
  const { indicator } = slo
  const [incidents, metrics, isOfFile] = await Promise.all([
    readSloIncidents(people.incidents, project.id, view, now),
    indicator.kind === 'latency' ? people.telemetry.listMetrics(project.id) : [],
    people.slos.isManagedByFile(slo.id),
  ])
  const unit = indicator.kind === 'latency' ? metrics.find(({ name }) => name === indicator.term.metric)?.unit : ''
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={slo.name}
        badge={<SloStateMark state={view.state} />}
        description={slo.description === '' ? budgetSentence(slo, locale) : slo.description}
        action={
          mayChange && (
            <ButtonLink href={`/${slug}/slos/${slo.key}/edit`} icon="pencil">
              {t('edit')}
            </ButtonLink>
          )
        }
      />
      {done !== null && (
        <Notice tone="success" live>
          {t(`done.${done}`)}
        </Notice>
      )}
      {isOfFile && <Notice tone="info">{t('managedByFile')}</Notice>}
      {view.state === 'no_data' && (
        <Notice tone="info" title={t('noData.title')}>
          {t('noData.text')}
        </Notice>
      )}
      <div className="flex flex-col gap-3">
        <SloFacts view={view} now={now} timeZone={timeZone} unit={unit ?? ''} />
        <Numbers view={view} now={now} />
      </div>
      <SloCourse view={view} incidents={incidents} now={now} timeZone={timeZone} />
      {view.state !== 'no_data' && <BurnFigure view={view} now={now} timeZone={timeZone} />}
      <Findings slo={slo} />
      {mayChange && (
        <ActionForm action={watch.bind(null, slug, slo.key)} className="flex flex-col items-start gap-3">
          <p className="max-w-[72ch] text-sm text-ink-muted">{t('watch.lead')}</p>
          <SubmitButton pendingLabel={t('watch.saving')}>{t('watch.label')}</SubmitButton>
        </ActionForm>
      )}
      <SloIncidentList found={incidents} slug={slug} />
      {mayChange && (
        <div>
          <ConfirmButton
            label={t('delete.label')}
            title={t('delete.title', { name: slo.name })}
            lost={t('delete.lost')}
            confirmLabel={t('delete.confirm')}
            cancelLabel={t('delete.cancel')}
            action={remove.bind(null, slug, slo.id)}
          />
        </div>
      )}
    </div>
  )
}
