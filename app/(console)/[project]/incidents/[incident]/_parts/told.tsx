import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Section } from '@/app/_components/ui/page-header.tsx'
import type { Place } from '@/app/_session/place.ts'
import { DeliveryStatus } from '@/app/(console)/[project]/deliveries/_parts/delivery-status.tsx'
import type { IncidentView } from '@/lib/queries/incident.ts'

/** Who was told, and whether it arrived: a line a channel, led by what went wrong. Each leads to its attempts. */
export function Told({ view, place }: { view: IncidentView; place: Place }) {
  const t = useTranslations('incident.told')
  const kinds = useTranslations('deliveries.kinds')
  if (view.told.length === 0) {
    return (
      <Section title={t('title')}>
        <p className="text-ink-muted">{t('nobody')}</p>
      </Section>
    )
  }
  return (
    <Section title={t('title')}>
      <ul className="divide-y divide-line border-y border-line">
        {view.told.map(({ shown, count }) => (
          <li key={shown.channel.id} className="relative flex flex-col py-2 hover:bg-subtle">
            <span className="flex items-center justify-between gap-3">
              <Link
                href={`/${place.slug}/deliveries/${shown.id}`}
                prefetch={false}
                className="covers-row min-w-0 truncate font-medium"
              >
                {shown.channel.name}
              </Link>
              <DeliveryStatus {...shown} />
            </span>
            <span className="text-sm text-ink-muted">
              {kinds(shown.kind.replace('.', '_') as never)}
              {count > 1 && ` · ${t('count', { count })}`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
