import { useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import type { IconName } from '@/app/_components/ui/icons.ts'
import type { DeploymentStatus as Status } from '@/lib/domain/deployment/deployment.ts'

/** Amber where something went wrong: red stays the colour of what is down now. */
const LOOKS: Record<Status, { tone: string; icon: IconName }> = {
  queued: { tone: 'text-ink-muted', icon: 'clock' },
  building: { tone: 'text-ink-muted', icon: 'wrench' },
  canceled: { tone: 'text-paused', icon: 'circle-pause' },
  failed: { tone: 'text-degraded', icon: 'circle-x' },
  succeeded: { tone: 'text-up', icon: 'circle-check' },
  restarted: { tone: 'text-degraded', icon: 'refresh-cw' },
  crashed: { tone: 'text-degraded', icon: 'octagon-x' },
  removed: { tone: 'text-paused', icon: 'minus' },
}

/** Where a deployment stands, as mark, word and colour. */
export function DeploymentStatus({ status }: { status: Status }) {
  const t = useTranslations('deployments.status')
  return (
    <span
      className={`inline-flex items-center gap-1.5 align-middle text-sm font-medium whitespace-nowrap ${LOOKS[status].tone}`}
    >
      <Icon name={LOOKS[status].icon} />
      {t(status)}
    </span>
  )
}
