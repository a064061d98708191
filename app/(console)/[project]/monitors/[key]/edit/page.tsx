import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { listRegions } from '@/lib/wiring/regions.ts'
import { readFormTexts } from '../../_form/form-texts.ts'
import { valuesOf } from '../../_form/form-values.ts'
import { MonitorForm } from '../../_form/monitor-form.client.tsx'
import { NotAllowed } from '../../_parts/not-allowed.tsx'
import { readOutcomeTexts } from '../../_parts/outcome-texts.ts'

interface PageProps {
  params: Promise<{ project: string; key: string }>
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const { key } = await props.params
  return { title: (await getTranslations('monitorForm'))('editTitle', { name: key }) }
}

export default async function EditMonitorPage(props: PageProps) {
  const { project: slug, key } = await props.params
  const { project, role, people } = await requireProject(slug)
  const t = await getTranslations('monitorForm')
  const detail = await people.monitors.findMonitor(project.id, key)
  if (detail === null) notFound()
  const { monitor, hasSecret } = detail
  const title = t('editTitle', { name: monitor.name })
  if (!isRoleAtLeast(role, 'admin')) return <NotAllowed title={title} role={role} />
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title={title} description={t('editText')} />
      {detail.isManagedByFile && (
        <Notice tone="warning" title={t('managed.title')}>
          {t('managed.text')}
        </Notice>
      )}
      <MonitorForm
        kind={monitor.kind}
        projectSlug={project.slug}
        timeZone={project.timeZone}
        locale={await getLocale()}
        editedKey={monitor.key}
        hasSecret={hasSecret}
        initial={valuesOf(monitor, { hasSecret, notifyChannelIds: detail.channels.map(({ id }) => id) })}
        channels={await people.monitors.listChannelChoices(project.id)}
        regions={listRegions()}
        cancelHref={`/${project.slug}/monitors/${monitor.key}`}
        texts={await readFormTexts()}
        outcomeTexts={await readOutcomeTexts()}
      />
    </div>
  )
}
