import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LiveRefresh } from '@/app/_components/frame/live-refresh.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { readSatisfaction, SATISFACTION_RANGES } from '@/lib/queries/satisfaction.ts'
import { wireFacts } from '@/lib/wiring/people.ts'
import { Comments } from './_parts/comments.tsx'
import { FirstAnswer } from './_parts/first-answer.tsx'
import { HowToAsk } from './_parts/how-to-ask.tsx'
import { PageForm } from './_parts/page-form.tsx'
import { PageTable } from './_parts/page-table.tsx'
import { RatingFigures } from './_parts/rating-figures.tsx'
import { SpeedTable } from './_parts/speed-table.tsx'
import { TrendFigure } from './_parts/trend-figure.tsx'
import { readSatisfactionRequest, satisfactionHref } from './_request.ts'

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

const REFRESH_MS = 30_000

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('satisfaction'))('title') }
}

export default async function SatisfactionPage({ params, searchParams }: Props) {
  const { people, project, now } = await requireProject((await params).project)
  const request = readSatisfactionRequest(await searchParams)
  const t = await getTranslations('satisfaction')
  const place = { projectId: project.id, timeZone: project.timeZone, now }
  const [view, siteKey] = await Promise.all([
    readSatisfaction(people.feedback, place, request),
    people.feedback.readSiteKey(project.id),
  ])
  const path = `/${project.slug}/satisfaction`
  const snippet = { url: wireFacts().url, siteKey }
  if (!view.hasAny) {
    return (
      <div className="flex flex-col gap-6">
        <LiveRefresh everyMs={REFRESH_MS} />
        <PageHeader title={t('title')} description={t('lead')} />
        <FirstAnswer {...snippet} keysHref={`/${project.slug}/settings/keys`} />
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-8">
      {request.below === null && <LiveRefresh everyMs={REFRESH_MS} />}
      <PageHeader
        title={t('title')}
        description={t('lead')}
        action={
          <ButtonLink href={satisfactionHref(`${path}/csv`, request, { below: null })} icon="file-text">
            {t('csv')}
          </ButtonLink>
        }
      />
      <div className="-mt-3 flex flex-wrap items-center justify-between gap-3">
        <PageForm path={path} request={request} pages={view.pages} />
        <SegmentedLinks
          label={t('range')}
          items={SATISFACTION_RANGES.map((range) => ({
            href: satisfactionHref(path, request, { range, below: null }),
            label: t(`ranges.${range}`),
            current: request.range === range,
          }))}
        />
      </div>
      {view.count === 0 ? (
        <EmptyState title={t('nothing.title')}>{t('nothing.text')}</EmptyState>
      ) : (
        <>
          <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
            <RatingFigures view={view} />
            <TrendFigure view={view} timeZone={project.timeZone} now={now} />
          </div>
          <div className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-2">
            <SpeedTable view={view} />
            {request.page === null && <PageTable pages={view.pages} request={request} path={path} />}
          </div>
          <Comments view={view} request={request} path={path} timeZone={project.timeZone} now={now} />
        </>
      )}
      <HowToAsk {...snippet} />
    </div>
  )
}
