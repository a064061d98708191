import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Section } from '@/app/_components/ui/page-header.tsx'
import type { Place } from '@/app/_session/place.ts'
import { DeliveryStatus } from '@/app/(console)/[project]/deliveries/_parts/delivery-status.tsx'
import type { IncidentView } from '@/lib/queries/incident.ts'

/** Who was told what, and whether it arrived. Each line leads to its attempts. */
export function Told({ view, place }: { view: IncidentView; place: Place }) {
  const t = useTranslations('incident.told')
  const kinds = useTranslations('deliveries.kinds')
  if (view.notifications.length === 0) {
    return (
      <Section title={t('title')}>
        <p className="text-ink-muted">{t('nobody')}</p>
      </Section>
    )
  }
  return (
    <Section title={t('title')}>
      <ul className="divide-y divide-line border-y border-line">
        {view.notifications.map((notification) => (
          <li key={notification.id} className="relative flex flex-col py-2 hover:bg-subtle">
            <span className="flex items-center justify-between gap-3">
              <Link
                href={`/${place.slug}/deliveries/${notification.id}`}
                prefetch={false}
                className="covers-row min-w-0 truncate font-medium"
              >
                {notification.channel.name}
              </Link>
              <DeliveryStatus {...notification} />
            </span>
            <span className="text-sm text-ink-muted">{kinds(notification.kind.replace('.', '_') as never)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
