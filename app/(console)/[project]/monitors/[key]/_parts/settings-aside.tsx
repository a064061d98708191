import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { daysLeft } from '@/lib/domain/probe/certificate.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { formatDateIn } from '@/lib/domain/time/format-zoned.ts'
import type { CurrentProject } from '@/lib/ports/frame-reader.ts'
import type { MonitorView } from '@/lib/queries/monitor.ts'

/** How the monitor is set up, beside its figures rather than behind a dialog. */
export function SettingsAside(props: { view: MonitorView; project: CurrentProject; mayConfigure: boolean }) {
  const t = useTranslations('monitor.settings')
  const { view, project } = props
  const { monitor } = view
  const list = `/${project.slug}/monitors`
  return (
    <aside aria-labelledby="settings-title" className="flex flex-col gap-3">
      <h2 id="settings-title" className="text-base font-semibold">
        {t('title')}
      </h2>
      <dl className="divide-y divide-line border-y border-line">
        {useItems(view, project).map(({ key, value }) => (
          <div key={key} className="py-2">
            <dt className="text-sm text-ink-muted">{t(key)}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
      {props.mayConfigure && (
        <div className="flex flex-wrap gap-2">
          <ButtonLink href={`${list}/new?from=${monitor.key}`} size="small">
            {t('clone')}
          </ButtonLink>
          <ButtonLink href={`${list}?q=${monitor.key}&delete=${monitor.id}`} size="small">
            {t('delete')}
          </ButtonLink>
        </div>
      )}
    </aside>
  )
}

function useItems(view: MonitorView, project: CurrentProject): { key: string; value: ReactNode }[] {
  const t = useTranslations('monitor.settings')
  const severities = useTranslations('monitors.severity')
  const kinds = useTranslations('monitors.filters.kinds')
  const locale = useLocale()
  const { monitor, detail } = view
  const { certificateExpiresAt, now } = detail
  const rhythm =
    monitor.kind === 'heartbeat'
      ? [
          {
            key: 'expected',
            value: monitor.config.cron
              ? t('cron', { cron: monitor.config.cron, timeZone: monitor.config.timeZone })
              : formatDuration(monitor.config.periodSeconds * 1_000, locale),
          },
          { key: 'grace', value: formatDuration(monitor.config.graceSeconds * 1_000, locale) },
        ]
      : [
          { key: 'interval', value: formatDuration(monitor.intervalSeconds * 1_000, locale) },
          { key: 'timeout', value: t('seconds', { seconds: monitor.timeoutMs / 1_000 }) },
          { key: 'confirm', value: t('confirmation', monitor.confirm) },
          ...(monitor.regions.length === 0 ? [] : [{ key: 'regions', value: monitor.regions.join(', ') }]),
        ]
  const items: { key: string; value: ReactNode }[] = [
    { key: 'kind', value: kinds(monitor.kind) },
    ...rhythm,
    { key: 'severity', value: severities(monitor.severity) },
    {
      key: 'channels',
      value:
        detail.channels.length === 0
          ? t('bySeverity')
          : detail.channels.map(({ name, enabled }) => (enabled ? name : t('switchedOff', { name }))).join(', '),
    },
  ]
  if (certificateExpiresAt !== null) {
    const certificate = { expiresAt: certificateExpiresAt, issuer: '', subject: '', trustError: null }
    const date = formatDateIn(project.timeZone, certificateExpiresAt, locale)
    items.push({ key: 'certificate', value: t('expires', { date, days: daysLeft(certificate, now) }) })
  }
  if (monitor.groupName) items.push({ key: 'group', value: monitor.groupName })
  if (monitor.tags.length > 0) items.push({ key: 'tags', value: <Tags tags={monitor.tags} slug={project.slug} /> })
  if (monitor.runbookUrl) {
    const link = (
      <a href={monitor.runbookUrl} rel="noreferrer" className="underline underline-offset-4">
        {monitor.runbookUrl}
      </a>
    )
    items.push({ key: 'runbook', value: link })
  }
  if (monitor.dependsOn.length > 0)
    items.push({ key: 'dependsOn', value: <Dependencies keys={monitor.dependsOn} slug={project.slug} /> })
  if (detail.hasSecret) items.push({ key: 'secrets', value: t('secretsSet') })
  items.push({ key: 'key', value: <code className="font-mono text-sm">{monitor.key}</code> })
  if (detail.isManagedByFile) items.push({ key: 'managed', value: t('byFile') })
  return items
}

function Dependencies({ keys, slug }: { keys: readonly string[]; slug: string }) {
  return (
    <span className="flex flex-wrap gap-x-3">
      {keys.map((key) => (
        <Link key={key} href={`/${slug}/monitors/${key}`} className="underline underline-offset-4">
          {key}
        </Link>
      ))}
    </span>
  )
}

function Tags({ tags, slug }: { tags: readonly string[]; slug: string }) {
  return (
    <span className="flex flex-wrap gap-1.5">
      {tags.map((tag) => (
        <Link
          key={tag}
          href={`/${slug}/monitors?tag=${encodeURIComponent(tag)}`}
          className="rounded-sm border border-line-strong px-1.5 text-sm hover:bg-subtle"
        >
          {tag}
        </Link>
      ))}
    </span>
  )
}
