import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { LiveRefresh } from '@/app/_components/frame/live-refresh.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { FirstCall } from '@/app/_components/ui/first-call.tsx'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { readMarks } from '@/lib/queries/deployments.ts'
import { EXPLORE_RANGES, explore, lookedAt } from '@/lib/queries/explore.ts'
import { readIncidentMarks } from '@/lib/queries/incident-marks.ts'
import { alertOnHref } from '../rules/_href.ts'
import { Conditions } from './_parts/conditions.tsx'
import { ExploreFigure } from './_parts/explore-figure.tsx'
import { ExploreForm } from './_parts/explore-form.tsx'
import { RejectionNotices } from './_parts/rejection-notices.tsx'
import { exploreHref, readExploreRequest } from './_request.ts'

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

const EXAMPLE = '{"name":"queue.length","value":23,"attributes":{"queue":"mail"}}'
const REFRESH_MS = 30_000

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('explore'))('title') }
}

export default async function ExplorePage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const request = readExploreRequest(await searchParams)
  const t = await getTranslations('explore')
  const [exploration, rejections] = await Promise.all([
    explore(people.telemetry, project.id, request, now),
    people.telemetry.listRejections(project.id),
  ])
  const path = `/${project.slug}/explore`
  const { answer, metric } = exploration
  const { from, until } = exploration
  const [deployments, incidents] = await Promise.all([
    readMarks(people.deployments, project.id, from, until),
    readIncidentMarks(people.incidents, project.id, { from, until, locale: await getLocale() }),
  ])
  const isZoomed = request.from !== null && request.until !== null
  return (
    <div className="flex flex-col gap-6">
      <LiveRefresh everyMs={REFRESH_MS} />
      <PageHeader
        title={t('title')}
        description={t('lead')}
        action={
          metric && (
            <div className="flex flex-wrap gap-2">
              {isRoleAtLeast(role, 'admin') && (
                <ButtonLink href={alertOnHref(project.slug, lookedAt(exploration, metric.name))} icon="bell">
                  {t('alert')}
                </ButtonLink>
              )}
              <ButtonLink href={exploreHref(`${path}/csv`, request, { metric: metric.name })} icon="file-text">
                {t('csv')}
              </ButtonLink>
            </div>
          )
        }
      />
      <RejectionNotices notices={rejections} now={now} timeZone={project.timeZone} />
      {metric === null || answer === null ? (
        <EmptyState
          title={t('empty.title')}
          action={<ButtonLink href={`/${project.slug}/settings/keys`}>{t('empty.action')}</ButtonLink>}
        >
          <p>{t('empty.text')}</p>
          <FirstCall path="/api/ingest/metrics" body={EXAMPLE} />
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-end justify-between gap-3">
            <ExploreForm path={path} request={request} exploration={exploration} />
            <SegmentedLinks
              label={t('range')}
              items={EXPLORE_RANGES.map((range) => ({
                href: exploreHref(path, request, { range, from: null, until: null }),
                label: t(`ranges.${range}`),
                current: request.range === range && !isZoomed,
              }))}
            />
          </div>
          <Conditions path={path} request={request} />
          <ExploreFigure
            exploration={exploration}
            answer={answer}
            deployments={deployments}
            incidents={incidents}
            request={request}
            path={path}
            timeZone={project.timeZone}
          />
        </>
      )}
    </div>
  )
}
