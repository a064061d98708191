import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { LinkTabs } from '@/app/_components/ui/link-tabs.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { MONITOR_KINDS, type MonitorKind } from '@/lib/domain/monitor/config.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { listRegions } from '@/lib/wiring/regions.ts'
import { readFormTexts } from '../_form/form-texts.ts'
import { type FormValues, freshValues, valuesOf } from '../_form/form-values.ts'
import { MonitorForm } from '../_form/monitor-form.client.tsx'
import { NotAllowed } from '../_parts/not-allowed.tsx'
import { readOutcomeTexts } from '../_parts/outcome-texts.ts'

interface PageProps {
  params: Promise<{ project: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('monitorForm'))('newTitle') }
}

/** A new monitor, from nothing or as a copy of another one (`?from=<key>`). */
export default async function NewMonitorPage(props: PageProps) {
  const { project, role, people } = await requireProject((await props.params).project)
  const t = await getTranslations('monitorForm')
  if (!isRoleAtLeast(role, 'admin')) return <NotAllowed title={t('newTitle')} role={role} />
  const search = await props.searchParams
  const source = typeof search.from === 'string' ? await people.monitors.findMonitor(project.id, search.from) : null
  const kind = source?.monitor.kind ?? kindOf(search.kind)
  const kinds = await getTranslations('monitors.filters.kinds')
  const path = `/${project.slug}/monitors`
  const initial: FormValues = source
    ? {
        ...valuesOf(source.monitor, { hasSecret: false, notifyChannelIds: source.channels.map(({ id }) => id) }),
        name: t('copyOf', { name: source.monitor.name }),
        key: '',
      }
    : freshValues(kind)
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title={t('newTitle')}
        description={source ? t('copyText', { name: source.monitor.name }) : undefined}
      />
      {!source && (
        <LinkTabs
          label={t('kind')}
          items={MONITOR_KINDS.map((item) => ({
            href: `${path}/new?kind=${item}`,
            label: kinds(item),
            current: item === kind,
          }))}
        />
      )}
      <div className={source ? '' : '-mt-5 [&_section:first-of-type]:border-t-0'}>
        <MonitorForm
          key={kind}
          kind={kind}
          projectSlug={project.slug}
          timeZone={project.timeZone}
          locale={await getLocale()}
          editedKey={null}
          hasSecret={false}
          initial={initial}
          channels={await people.monitors.listChannelChoices(project.id)}
          regions={listRegions()}
          cancelHref={path}
          texts={await readFormTexts()}
          outcomeTexts={await readOutcomeTexts()}
        />
      </div>
    </div>
  )
}

function kindOf(text: unknown): MonitorKind {
  return MONITOR_KINDS.find((kind) => kind === text) ?? 'http'
}
