import { useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import type { IconName } from '@/app/_components/ui/icons.ts'
import type { ErrorStatus as Status } from '@/lib/domain/log/error-issue.ts'

const LOOKS: Record<Status, { tone: string; icon: IconName }> = {
  unresolved: { tone: 'text-degraded', icon: 'triangle-alert' },
  resolved: { tone: 'text-up', icon: 'circle-check' },
  ignored: { tone: 'text-paused', icon: 'circle-pause' },
}

/** Where an issue stands with its tracker, as mark, word and colour. */
export function ErrorStatus({ status }: { status: Status }) {
  const t = useTranslations('errorList.status')
  return (
    <span
      className={`inline-flex items-center gap-1.5 align-middle text-sm font-medium whitespace-nowrap ${LOOKS[status].tone}`}
    >
      <Icon name={LOOKS[status].icon} />
      {t(status)}
    </span>
  )
}
