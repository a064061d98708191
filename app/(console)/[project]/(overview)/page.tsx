import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { LiveRefresh } from '@/app/_components/frame/live-refresh.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { readOverview } from '@/lib/queries/overview.ts'
import { readOverviewFigures } from '@/lib/queries/overview-figures.ts'
import { wireFacts } from '@/lib/wiring/people.ts'
import { parseCursor } from '../monitors/_list/cursor.ts'
import { MonitorPager } from '../monitors/_list/monitor-pager.tsx'
import { MonitorTable } from '../monitors/_list/monitor-table.tsx'
import { ApplicationFigures } from './_parts/application-figures.tsx'
import { DemoPanel } from './_parts/demo-panel.tsx'
import { FirstSteps } from './_parts/first-steps.tsx'
import { HeadlineHeader } from './_parts/headline-header.tsx'
import { OpenIncidents } from './_parts/open-incidents.tsx'
import { OverviewNotices } from './_parts/overview-notices.tsx'

interface PageProps {
  params: Promise<{ project: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Often enough that a broken target shows while one looks at it. */
const REFRESH_MS = 12_000

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('overview'))('title') }
}

export default async function OverviewPage(props: PageProps) {
  const { project, role, people, now, blindSinceAt } = await requireProject((await props.params).project)
  const locale = await getLocale()
  const t = await getTranslations('overview')
  const after = parseCursor((await props.searchParams).after)
  const { demoUrl } = wireFacts()
  const [overview, figures, demo] = await Promise.all([
    readOverview(people.monitors, { projectId: project.id, after, locale, blindSinceAt }),
    readOverviewFigures(people, project, now),
    demoUrl === null ? null : people.monitors.findMonitor(project.id, 'demo'),
  ])
  const mayConfigure = isRoleAtLeast(role, 'admin')
  const mayRespond = isRoleAtLeast(role, 'responder')
  const hasToAct = overview.openIncidents.some(({ status }) => status === 'triggered')
  return (
    <div className="flex flex-col gap-6">
      <LiveRefresh everyMs={REFRESH_MS} />
      <HeadlineHeader
        overview={overview}
        timeZone={project.timeZone}
        action={
          mayConfigure && (
            <ButtonLink href={`/${project.slug}/monitors/new`} variant={hasToAct ? 'secondary' : 'primary'} icon="plus">
              {t('newMonitor')}
            </ButtonLink>
          )
        }
      />
      <OverviewNotices overview={overview} projectSlug={project.slug} mayConfigure={mayConfigure} />
      {overview.openIncidents.length > 0 && (
        <OpenIncidents overview={overview} project={project} mayAcknowledge={mayRespond} />
      )}
      {overview.steps && <FirstSteps steps={overview.steps} projectSlug={project.slug} mayConfigure={mayConfigure} />}
      {demo && mayRespond && <DemoPanel projectSlug={project.slug} demo={demo} />}
      {overview.total > 0 && (
        <Section title={t('monitors')}>
          <MonitorTable
            caption={t('monitorsCaption')}
            lines={overview.lines}
            now={overview.now}
            timeZone={project.timeZone}
            projectSlug={project.slug}
          />
          <MonitorPager
            path={`/${project.slug}`}
            query={{}}
            isFirst={after === null}
            next={overview.next}
            shown={overview.lines.length}
            total={overview.total}
          />
        </Section>
      )}
      <ApplicationFigures figures={figures} project={project} now={overview.now} />
    </div>
  )
}
