import { useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import type { IconName } from '@/app/_components/ui/icons.ts'
import type { Integration } from '@/lib/domain/deployment/integration.ts'

type Status = 'off' | 'refused' | 'waiting_secret' | 'waiting' | 'working'

const LOOKS: Record<Status, { tone: string; icon: IconName }> = {
  off: { tone: 'text-paused', icon: 'circle-pause' },
  refused: { tone: 'text-degraded', icon: 'triangle-alert' },
  waiting_secret: { tone: 'text-degraded', icon: 'key-round' },
  waiting: { tone: 'text-ink-muted', icon: 'clock' },
  working: { tone: 'text-up', icon: 'circle-check' },
}

/** Whether a connection does its work, as mark, word and colour. */
export function IntegrationStatus({ integration }: { integration: Integration }) {
  const t = useTranslations('integrations.status')
  const status = statusOf(integration)
  return (
    <span className={`inline-flex items-center gap-1.5 align-middle text-sm font-medium ${LOOKS[status].tone}`}>
      <Icon name={LOOKS[status].icon} />
      {t(status)}
    </span>
  )
}

function statusOf({ enabled, lastError, hasSecret, lastReceivedAt }: Integration): Status {
  if (!enabled) return 'off'
  if (!hasSecret) return 'waiting_secret'
  if (lastError !== null) return 'refused'
  return lastReceivedAt === null ? 'waiting' : 'working'
}
