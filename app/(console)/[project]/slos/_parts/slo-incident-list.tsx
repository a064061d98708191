import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { titleIn } from '@/lib/queries/incident-title.ts'
import type { SloIncidents } from '@/lib/queries/slo-incidents.ts'

const SHOWN = 10

/** The incidents of the window, newest first, with how long each lay in it. */
export function SloIncidentList({ found, slug }: { found: SloIncidents; slug: string }) {
  const t = useTranslations('slos.incidents')
  const locale = useLocale()
  const { incidents, mergedMs } = found
  if (incidents.length === 0) return null
  return (
    <Section
      title={t('title')}
      description={t('lead', { count: incidents.length, time: formatDuration(mergedMs, locale) })}
    >
      <ul className="divide-y divide-line border-y border-line">
        {incidents.slice(0, SHOWN).map(({ incident, withinMs }) => (
          <li key={incident.id} className="flex min-h-10 flex-wrap items-center gap-x-4 py-1.5">
            <Link
              href={`/${slug}/incidents/${incident.number}`}
              prefetch={false}
              className="min-w-0 flex-1 font-medium underline-offset-4 [overflow-wrap:anywhere] hover:underline"
            >
              #{incident.number} {titleIn(locale, incident.title)}
            </Link>
            <span className="text-ink-muted tabular-nums">{formatDuration(withinMs, locale)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
