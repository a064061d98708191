import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { rulesAboutMonitor } from '@/lib/queries/rules-about.ts'
import { alertOnHref } from '../../../rules/_href.ts'

/** Rules that look at the monitor besides its own up and down, and the way to another one. */
export async function RulesAbout(props: {
  slug: string
  monitor: { key: string; tags: readonly string[] }
  /** A limit to begin with: what is slow for it, in ms. */
  slowMs: number
  mayConfigure: boolean
}) {
  const { slug, monitor, slowMs, mayConfigure } = props
  const { people, project } = await requireProject(slug)
  const t = await getTranslations('monitor.rules')
  const rules = rulesAboutMonitor(await people.rules.listAll(project.id), monitor)
  const href = alertOnHref(slug, {
    source: { of: { metric: 'probe.duration', aggregate: 'p95', where: { monitor: monitor.key } } },
    critical: slowMs,
  })
  return (
    <Section title={t('title')}>
      {rules.length === 0 ? (
        <p className="text-ink-muted">{t('none')}</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {rules.map(({ key, name, enabled }) => (
            <li key={key} className="flex min-h-10 items-center justify-between gap-3 py-2">
              <Link
                href={`/${slug}/rules/${encodeURIComponent(key)}`}
                prefetch={false}
                className="min-w-0 [overflow-wrap:anywhere] underline-offset-4 hover:underline"
              >
                {name}
              </Link>
              {!enabled && <span className="text-sm text-ink-muted">{t('off')}</span>}
            </li>
          ))}
        </ul>
      )}
      {mayConfigure && (
        <div>
          <ButtonLink href={href} icon="bell" size="small">
            {t('alert')}
          </ButtonLink>
        </div>
      )}
    </Section>
  )
}
