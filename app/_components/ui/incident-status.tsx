import { useTranslations } from 'next-intl'
import { Icon } from './icon.tsx'
import type { IconName } from './icons.ts'

export type IncidentStatusName = 'triggered' | 'acknowledged' | 'resolved'

const LOOKS: Record<IncidentStatusName, { tone: string; icon: IconName }> = {
  triggered: { tone: 'text-down', icon: 'siren' },
  acknowledged: { tone: 'text-degraded', icon: 'user' },
  resolved: { tone: 'text-up', icon: 'circle-check' },
}

/** Where an incident stands: nobody has it, someone has it, it is over. */
export function IncidentStatus({ status }: { status: IncidentStatusName }) {
  const t = useTranslations('states')
  const look = LOOKS[status]
  return (
    <span
      className={`inline-flex items-center gap-1.5 align-middle text-sm font-medium whitespace-nowrap ${look.tone}`}
    >
      <Icon name={look.icon} />
      {t(`incident.${status}`)}
    </span>
  )
}
