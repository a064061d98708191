import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { PanelState } from '../../../lib/domain/series/panel.ts'

/** Three figures in a row where there is room, as on the guides' drawing of a dashboard. */
export function PanelGrid({ children }: { children: ReactNode }) {
  return <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">{children}</div>
}

/** One sentence over a dashboard: what is beyond its limits, by name, or that nothing is. */
export function DashboardHeadline({ panels }: { panels: readonly { title: string; state: PanelState | null }[] }) {
  const t = useTranslations('dashboards')
  const shown = panels.filter(({ state }) => state !== null)
  const beyond = shown.filter(({ state }) => state === 'warning' || state === 'critical')
  const silent = shown.filter(({ state }) => state === 'silent')
  const names = (some: readonly { title: string }[]) => some.map(({ title }) => title).join(', ')
  const sentences = [
    beyond.length > 0
      ? t('headline.beyond', { count: beyond.length, total: shown.length, names: names(beyond) })
      : t('headline.fine', { total: shown.length }),
    silent.length > 0 ? t('headline.silent', { names: names(silent) }) : null,
  ]
  return sentences.filter((sentence) => sentence !== null).join(' ')
}
