import { useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import type { IconName } from '@/app/_components/ui/icons.ts'
import type { PackView, RowState } from '@/lib/domain/pack/pack-state.ts'

const LOOKS: Record<RowState | PackView['state'], { icon: IconName; tone: string }> = {
  not_installed: { icon: 'minus', tone: 'text-ink-muted' },
  partial: { icon: 'circle-check', tone: 'text-ink-muted' },
  covered: { icon: 'circle-check', tone: 'text-ink-muted' },
  installed: { icon: 'circle-check', tone: 'text-up' },
  customised: { icon: 'pencil', tone: 'text-ink' },
  update_available: { icon: 'refresh-cw', tone: 'text-degraded' },
  blocked: { icon: 'octagon-x', tone: 'text-degraded' },
}

/** How a pack, or a rule of it, stands: mark, word and colour. */
export function PackStateWord({ state }: { state: RowState | PackView['state'] }) {
  const t = useTranslations('packs.states')
  const { icon, tone } = LOOKS[state]
  return (
    <span className={`inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap ${tone}`}>
      <Icon name={icon} />
      {t(state)}
    </span>
  )
}
