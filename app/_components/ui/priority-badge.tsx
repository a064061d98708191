import { useTranslations } from 'next-intl'
import type { Priority } from '../../../lib/domain/monitor/severity.ts'

/** Weight, not hue: P0 is solid ink, P3 a faint outline. A resolved P0 would else shout in red from every list. */
const LOOKS: Record<Priority, string> = {
  P0: 'border-ink bg-ink text-on-ink',
  P1: 'border-ink text-ink',
  P2: 'border-line-strong text-ink-muted',
  P3: 'border-line text-ink-faint',
}

export function PriorityBadge({ priority }: { priority: Priority }) {
  const t = useTranslations('states')
  return (
    <span
      className={`inline-flex h-5 items-center align-middle rounded-sm border px-1.5 text-xs font-semibold tabular-nums ${LOOKS[priority]}`}
    >
      {priority}
      <span className="sr-only">, {t(`priority.${priority}`)}</span>
    </span>
  )
}
