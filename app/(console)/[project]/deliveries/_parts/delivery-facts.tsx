import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { KeyValueList } from '@/app/_components/ui/key-value-list.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { Place } from '@/app/_session/place.ts'
import { deliverySentence } from '@/lib/domain/delivery/sentence.ts'
import { formatMomentIn } from '@/lib/domain/time/format-zoned.ts'
import type { ListedNotification } from '@/lib/ports/channel-reader.ts'

/** To whom, why, and when. */
export function DeliveryFacts({ notification, place }: { notification: ListedNotification; place: Place }) {
  const t = useTranslations('deliveries.facts')
  const { slug, timeZone, now, locale } = place
  const { channel, incident, reason, createdAt, nextAttemptAt, deliveredAt, status } = notification
  const items = [
    {
      key: t('channel'),
      value: (
        <Link
          href={`/${slug}/deliveries?channel=${channel.id}`}
          prefetch={false}
          className="underline underline-offset-4"
        >
          {channel.name}
        </Link>
      ),
    },
    { key: t('why'), value: deliverySentence(reason, locale) },
    ...(incident === null
      ? []
      : [
          {
            key: t('incident'),
            value: (
              <Link href={`/${slug}/incidents/${incident.number}`} className="underline underline-offset-4">
                #{incident.number}
              </Link>
            ),
          },
        ]),
    { key: t('decided'), value: formatMomentIn(timeZone, createdAt, locale) },
    ...(deliveredAt === null ? [] : [{ key: t('delivered'), value: formatMomentIn(timeZone, deliveredAt, locale) }]),
    ...(status === 'pending' && nextAttemptAt !== null
      ? [{ key: t('next'), value: <RelativeTime at={nextAttemptAt} now={now} timeZone={timeZone} /> }]
      : []),
    { key: t('id'), value: <code className="font-mono text-sm">{notification.id}</code> },
  ]
  return <KeyValueList items={items} />
}
