import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache, Suspense } from 'react'
import { LiveRefresh } from '@/app/_components/frame/live-refresh.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader, Section } from '@/app/_components/ui/page-header.tsx'
import { SkeletonChart } from '@/app/_components/ui/skeleton.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { describeRule } from '@/lib/domain/rule/describe.ts'
import { formatMomentIn } from '@/lib/domain/time/format-zoned.ts'
import { readAlerts } from '@/lib/queries/alerts.ts'
import { readEditorContext } from '@/lib/queries/rule-editor.ts'
import { findRule } from '@/lib/queries/rules.ts'
import { AlertTable } from '../../alerts/_parts/alert-table.tsx'
import { RuleStatusMark } from '../_parts/rule-status.tsx'
import { decodeKey } from '../_request.ts'
import { EvidenceChart } from './_parts/evidence-chart.tsx'
import { GroupTable } from './_parts/group-table.tsx'
import { LastDay } from './_parts/last-day.tsx'
import { RuleSide } from './_parts/rule-side.tsx'

interface Props {
  params: Promise<{ project: string; rule: string }>
  searchParams: SearchParams
}

const REFRESH_MS = 30_000
/** Alerts on the page; all of them are a link away. */
const ALERTS_SHOWN = 10

const find = cache(async (slug: string, given: string) => {
  const { people, project } = await requireProject(slug)
  return findRule(people.rules, project, decodeKey(given))
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, rule } = await params
  const found = await find(project, rule)
  return found === null ? {} : { title: found.rule.name }
}

export default async function RulePage({ params, searchParams }: Props) {
  const { project: slug, rule: given } = await params
  const { people, project, role, now } = await requireProject(slug)
  const line = await find(slug, given)
  if (line === null) notFound()
  const { done } = await searchParams
  const { rule, status, level, reason, sinceAt } = line
  const t = await getTranslations('rules')
  const locale = await getLocale()
  const place = { slug, timeZone: project.timeZone, now, locale }
  const mayChange = isRoleAtLeast(role, 'admin')
  const everything = { status: null, subject: null, level: null, below: null, above: null }
  const [context, groups, history, isOfFile] = await Promise.all([
    readEditorContext(people, project.id),
    people.rules.listGroups(rule.id),
    readAlerts(people.rules, project.id, { ...everything, rule: rule.key }, ALERTS_SHOWN),
    people.rules.isManagedByFile(rule.id),
  ])
  const editHref = `/${slug}/rules/${encodeURIComponent(rule.key)}/edit`
  const newest = history.alerts[0]
  return (
    <div className="flex flex-col gap-6">
      <LiveRefresh everyMs={REFRESH_MS} />
      <PageHeader
        badge={<RuleStatusMark status={status} level={level} />}
        title={rule.name}
        description={describeRule(rule, locale, context.known.unitOf)}
        action={
          mayChange && (
            <ButtonLink href={editHref} variant="primary" icon="pencil">
              {t('edit')}
            </ButtonLink>
          )
        }
      />
      {(done === 'created' || done === 'updated' || done === 'restored') && (
        <Notice tone="success" live>
          {t(`done.${done}`)}
        </Notice>
      )}
      {isOfFile && <Notice tone="info">{t('managedByFile')}</Notice>}
      {status === 'no_data' && sinceAt !== null && (
        <Notice tone="warning" title={t('noDataSince', { at: formatMomentIn(project.timeZone, sinceAt, locale) })}>
          {t(`noDataNow.${rule.noData}`)}
        </Notice>
      )}
      {status === 'failed' && (
        <Notice tone="error" title={t('failedNow')}>
          <span lang="en">{reason}</span>
        </Notice>
      )}
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-8">
          <Suspense fallback={<SkeletonChart />}>
            <LastDay slug={slug} rule={rule} context={context} />
          </Suspense>
          {groups.length > 0 && <GroupTable groups={groups} rule={rule} place={place} unitOf={context.known.unitOf} />}
          {newest !== undefined && newest.points !== null && (
            <EvidenceChart alert={newest} rule={rule} place={place} unitOf={context.known.unitOf} />
          )}
          <Section
            title={t('history.title')}
            action={
              history.olderBelow === null ? undefined : (
                <ButtonLink href={`/${slug}/alerts?rule=${encodeURIComponent(rule.key)}`}>
                  {t('history.all')}
                </ButtonLink>
              )
            }
          >
            {history.alerts.length === 0 ? (
              <p className="text-ink-muted">{t('history.none')}</p>
            ) : (
              <AlertTable
                alerts={history.alerts}
                place={place}
                maySilence={isRoleAtLeast(role, 'responder')}
                isOfOneRule
              />
            )}
          </Section>
        </div>
        <RuleSide line={line} place={place} mayChange={mayChange} unitOf={context.known.unitOf} />
      </div>
    </div>
  )
}
