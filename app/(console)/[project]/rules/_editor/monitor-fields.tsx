import { useTranslations } from 'next-intl'
import { choiceOf, fieldOf, ROW, type SentenceProps } from './field-of.ts'
import { LevelField } from './level-field.tsx'
import { WordInput, WordSelect } from './word-field.tsx'

/** Failures in a row, or the expiry of a certificate, of one monitor or several. */
export function MonitorFields({ draft, errors, context }: SentenceProps) {
  const t = useTranslations('rules.sentence')
  const field = fieldOf(draft, errors)
  const isExpiry = draft.kind === 'expiry'
  const monitors = [
    { value: '*', label: t('allMonitors') },
    ...context.tags.map((tag) => ({ value: `tag:${tag}`, label: t('tagged', { tag }) })),
    ...context.monitors.map(({ key, name }) => ({ value: key, label: name })),
  ]
  return (
    <div className={ROW}>
      <WordSelect
        {...choiceOf(draft, errors)('monitors')}
        label={t(isExpiry ? 'certificateOf' : 'monitor')}
        options={monitors}
        className="w-full sm:w-72"
      />
      {isExpiry ? (
        <>
          <WordInput {...field('criticalDays')} label={t('criticalDays')} inputMode="numeric" className="w-40" />
          <WordInput {...field('warningDays')} label={t('warningDays')} inputMode="numeric" className="w-40" />
        </>
      ) : (
        <>
          <WordInput {...field('failures')} label={t('failures')} inputMode="numeric" className="w-40" />
          <LevelField draft={draft} errors={errors} />
        </>
      )}
    </div>
  )
}
