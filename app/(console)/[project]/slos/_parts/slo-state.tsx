import { useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import type { IconName } from '@/app/_components/ui/icons.ts'
import type { SloState } from '@/lib/queries/slos.ts'

const LOOKS: Record<SloState, { icon: IconName; tone: string }> = {
  kept: { icon: 'circle-check', tone: 'text-up' },
  slow_burn: { icon: 'triangle-alert', tone: 'text-degraded' },
  burning: { icon: 'siren', tone: 'text-degraded' },
  // Amber with another shape: red stays the colour of what is down now.
  exhausted: { icon: 'octagon-x', tone: 'text-degraded' },
  no_data: { icon: 'info', tone: 'text-ink-muted' },
}

/** The state of an SLO as shape, word and colour. */
export function SloStateMark({ state }: { state: SloState }) {
  const t = useTranslations('slos.states')
  const { icon, tone } = LOOKS[state]
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${tone}`}>
      <Icon name={icon} />
      {t(state)}
    </span>
  )
}
