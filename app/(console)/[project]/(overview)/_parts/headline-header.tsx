import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { StateShape } from '@/app/_components/ui/state-shape.tsx'
import type { ShownState } from '@/lib/domain/monitor/monitor.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { Headline, Overview } from '@/lib/queries/overview.ts'

const TONES: Record<ShownState, string> = {
  up: 'text-up',
  degraded: 'text-degraded',
  down: 'text-down',
  unknown: 'text-unknown',
  pending: 'text-unknown',
  maintenance: 'text-maintenance',
  paused: 'text-paused',
}

/** The one sentence that answers "is everything fine?", and in the next line whatever it does not name. */
export function HeadlineHeader(props: { overview: Overview; timeZone: string; action: ReactNode }) {
  const t = useTranslations('overview')
  const { headline, besides } = props.overview
  const state = stateOf(headline)
  return (
    <PageHeader
      title={useSentence(props.overview, props.timeZone)}
      badge={
        state && (
          <span className={`scale-150 ${TONES[state]}`}>
            <StateShape state={state} />
          </span>
        )
      }
      description={
        headline.kind === 'blind'
          ? t('headline.blindAdvice')
          : besides.map(({ state, count }) => t(`besides.${state}`, { count })).join(' ')
      }
      action={props.action}
    />
  )
}

function stateOf(headline: Headline): ShownState | null {
  if (headline.kind === 'empty') return null
  return headline.kind === 'blind' ? 'unknown' : headline.kind
}

function useSentence({ headline, now }: Overview, timeZone: string): string {
  const t = useTranslations('overview.headline')
  const locale = useLocale()
  const since = (at: number) => formatBriefIn(timeZone, at, now, locale)
  switch (headline.kind) {
    case 'blind':
      return t('blind', { since: since(headline.sinceAt) })
    case 'empty':
      return t('empty')
    case 'down':
      return headline.sinceAt === null
        ? t('down', { count: headline.count, total: headline.total })
        : t('downSince', { count: headline.count, total: headline.total, since: since(headline.sinceAt) })
    case 'degraded':
    case 'unknown':
    case 'pending':
      return t(headline.kind, headline)
    case 'up':
    case 'paused':
      return t(headline.kind, headline)
  }
}
