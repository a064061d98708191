import { useTranslations } from 'next-intl'
import { StateShape } from '@/app/_components/ui/state-shape.tsx'
import type { ShownState } from '@/lib/domain/monitor/monitor.ts'
import type { Level } from '@/lib/domain/rule/condition.ts'
import type { RuleStatus } from '@/lib/ports/rule-reader.ts'

/** Shapes that mean the same for monitors: a disc is fine, a triangle warns, a broken ring is not known. */
const LOOKS: Record<RuleStatus | 'critical', { shape: ShownState; tone: string }> = {
  critical: { shape: 'down', tone: 'text-down' },
  firing: { shape: 'degraded', tone: 'text-degraded' },
  failed: { shape: 'unknown', tone: 'text-degraded' },
  pending: { shape: 'pending', tone: 'text-degraded' },
  no_data: { shape: 'unknown', tone: 'text-unknown' },
  waiting: { shape: 'pending', tone: 'text-unknown' },
  ok: { shape: 'up', tone: 'text-up' },
  off: { shape: 'paused', tone: 'text-paused' },
}

/** Where a rule stands, as shape, word and colour. */
export function RuleStatusMark({ status, level }: { status: RuleStatus; level: Level | null }) {
  const t = useTranslations('rules.status')
  const key = status === 'firing' && level === 'critical' ? 'critical' : status
  const { shape, tone } = LOOKS[key]
  return (
    <span className={`inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap ${tone}`}>
      <StateShape state={shape} />
      {t(key)}
    </span>
  )
}
