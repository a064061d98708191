import { useTranslations } from 'next-intl'
import type { SentenceKind } from '@/lib/commands/rule/rule-draft.ts'

const MEASURE = ['aggregate', 'metric', 'window', 'whereName1', 'groupBy'] as const
const LIMITS = ['operator', 'critical', 'warning', 'forTime'] as const

/** The fields of each kind in the order in which they stand there. */
const FIELDS = {
  threshold: [...MEASURE, ...LIMITS],
  ratio: [...MEASURE, 'perMetric', 'perWhereName', ...LIMITS, 'minCount'],
  baseline: [...MEASURE, ...LIMITS, 'weeks', 'minBaseline'],
  anomaly: [...MEASURE, 'direction', 'season', 'sensitivity', 'cooldown', 'forTime', 'level'],
  absence: ['metric', 'window', 'whereName1', 'groupBy', 'level'],
  consecutive_failures: ['monitors', 'failures', 'level'],
  expiry: ['monitors', 'criticalDays', 'warningDays'],
  burn_rate: ['slo', 'burnFactor1', 'burnLong1', 'burnShort1', 'minBadEvents', 'forTime', 'level'],
  composite: ['combine', 'rules', 'forTime', 'level'],
} as const satisfies Record<SentenceKind, readonly string[]>

/** What each field of the sentence means, in the words of somebody who has never made a rule. The fields point here. */
export function SentenceHelp({ kind }: { kind: SentenceKind }) {
  const t = useTranslations('rules.help')
  return (
    <details className="text-sm">
      <summary className="text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
        {t('title')}
      </summary>
      <p className="mt-3 max-w-[72ch]">{t(`kinds.${kind}`)}</p>
      <dl className="mt-3 grid max-w-4xl gap-x-6 gap-y-2 sm:grid-cols-[max-content_1fr]">
        {FIELDS[kind].map((name) => (
          <div key={name} className="contents">
            <dt className="font-medium">{t(`fields.${name}.name`)}</dt>
            <dd id={`help-${name}`} className="max-w-[72ch] text-ink-muted max-sm:mb-2">
              {t(`fields.${name}.means`)}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
