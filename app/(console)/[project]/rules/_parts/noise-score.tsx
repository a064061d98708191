import { useTranslations } from 'next-intl'
import type { NoiseScore } from '@/lib/domain/alert/noise.ts'

/** How much of a week's pages was for nothing, in words. */
export function NoiseScoreText({ noise }: { noise: NoiseScore }) {
  const t = useTranslations('rules.noise')
  const { score, pages, acknowledged, selfHealed } = noise
  if (pages === 0) return <span className="text-ink-faint">{t('quiet')}</span>
  if (score === null) return <span className="text-sm text-ink-muted">{t('pages', { pages })}</span>
  return (
    <span className={`text-sm ${score >= 50 ? 'font-medium text-degraded' : 'text-ink-muted'}`}>
      {t('score', { score, acknowledged, selfHealed })}
    </span>
  )
}
