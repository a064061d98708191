import { useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import type { ListedNotification } from '@/lib/ports/channel-reader.ts'

const LOOKS: Record<ListedNotification['status'], { tone: string; icon: Parameters<typeof Icon>[0]['name'] }> = {
  pending: { tone: 'text-ink-muted', icon: 'clock' },
  delivered: { tone: 'text-up', icon: 'circle-check' },
  dead: { tone: 'text-degraded', icon: 'octagon-x' },
}

/** In the outbox nobody has got it: it must not look like something that arrived. */
const KEPT = { tone: 'text-ink-muted', icon: 'inbox' } as const

/** What became of a message: it arrived, it stayed in the outbox, it waits (and was refused so often), or it was given up. */
export function DeliveryStatus(props: { status: ListedNotification['status']; attempt: number; isInOutbox?: boolean }) {
  const { status, attempt, isInOutbox = false } = props
  const t = useTranslations('deliveries.status')
  const look = isInOutbox && status === 'delivered' ? KEPT : LOOKS[status]
  const word = look === KEPT ? t('kept') : status === 'pending' && attempt > 0 ? t('retrying', { attempt }) : t(status)
  return (
    <span
      className={`inline-flex items-center gap-1.5 align-middle text-sm font-medium whitespace-nowrap ${look.tone}`}
    >
      <Icon name={look.icon} />
      {word}
    </span>
  )
}
