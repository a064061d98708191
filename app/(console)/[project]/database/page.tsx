import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LiveRefresh } from '@/app/_components/frame/live-refresh.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader, Section } from '@/app/_components/ui/page-header.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import { DATABASE_RANGES, type DatabaseRange, type DatabaseView, readDatabase } from '@/lib/queries/databases.ts'
import { type LiveMark, readMarks } from '@/lib/queries/deployments.ts'
import { Charts } from './_parts/charts.tsx'
import { FigureGrid } from './_parts/figure-grid.tsx'
import { Findings } from './_parts/findings.tsx'
import { DatabaseNotices } from './_parts/notices.tsx'
import { Indexes, Tables } from './_parts/sizes.tsx'
import { SourceLinks } from './_parts/source-links.tsx'
import { Running, Slowest } from './_parts/statements.tsx'
import { databaseHref, readDatabaseRequest } from './_request.ts'

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

const REFRESH_MS = 60_000

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('database'))('title') }
}

export default async function DatabasePage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const { done, ...request } = readDatabaseRequest(await searchParams)
  const t = await getTranslations('database')
  const { sources, view } = await readDatabase(people, project.id, request, now)
  const marks = view === null ? [] : await readMarks(people.deployments, project.id, view.from, view.until)
  const path = `/${project.slug}/database`
  const mayChange = isRoleAtLeast(role, 'admin')
  const add = (
    <ButtonLink href={`${path}/sources/new`} variant="primary" icon="plus">
      {t('add')}
    </ButtonLink>
  )
  return (
    <div className="flex flex-col gap-8">
      <LiveRefresh everyMs={REFRESH_MS} />
      <PageHeader
        title={t('title')}
        description={view !== null && <Headline view={view} now={now} timeZone={project.timeZone} />}
        action={
          mayChange &&
          view !== null && (
            <>
              <ButtonLink href={`${path}/sources/${view.source.key}`} icon="settings">
                {t('settings')}
              </ButtonLink>
              {add}
            </>
          )
        }
      />
      {done !== null && (
        <Notice tone="success" live>
          {t(`done.${done}`)}
        </Notice>
      )}
      {view === null ? (
        <EmptyState title={t('empty.title')} action={mayChange && add}>
          {t(mayChange ? 'empty.text' : 'empty.viewer')}
        </EmptyState>
      ) : (
        <>
          <SourceLinks sources={sources} current={view.source.key} path={path} range={request.range} />
          <DatabaseNotices view={view} timeZone={project.timeZone} />
          <Found view={view} marks={marks} path={path} range={request.range} timeZone={project.timeZone} />
        </>
      )}
    </div>
  )
}

async function Headline({ view, now, timeZone }: { view: DatabaseView; now: Instant; timeZone: string }) {
  const t = await getTranslations('database')
  const { source, headline, readAt, snapshot } = view
  const count = headline.kind === 'problems' ? headline.count : 0
  return (
    <>
      <p className="text-ink">{t(`headline.${headline.kind}`, { name: source.name, count })}</p>
      {readAt !== null && (
        <p className="text-sm">
          {t('read')} <RelativeTime at={readAt} now={now} timeZone={timeZone} />
          {snapshot !== null && ` · ${t('facts', { version: snapshot.version, database: snapshot.database })}`}
        </p>
      )}
    </>
  )
}

/** Everything that was found, the most urgent first. */
async function Found({
  view,
  marks,
  path,
  range,
  timeZone,
}: {
  view: DatabaseView
  marks: readonly LiveMark[]
  path: string
  range: DatabaseRange
  timeZone: string
}) {
  const t = await getTranslations('database')
  const { snapshot, findings, tables, source } = view
  if (snapshot === null) return null
  return (
    <>
      {findings.length > 0 && <Findings findings={findings} />}
      <FigureGrid view={view} />
      <Section
        title={t('charts.title')}
        action={
          <SegmentedLinks
            label={t('range')}
            items={DATABASE_RANGES.map((value) => ({
              href: databaseHref(path, source.key, value),
              label: t(`ranges.${value}`),
              current: value === range,
            }))}
          />
        }
      >
        <Charts view={view} marks={marks} timeZone={timeZone} />
      </Section>
      <Running snapshot={snapshot} />
      <Slowest snapshot={snapshot} />
      <Tables tables={tables} />
      <Indexes snapshot={snapshot} timeZone={timeZone} />
    </>
  )
}
