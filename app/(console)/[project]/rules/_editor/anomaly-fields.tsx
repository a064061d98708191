import { useTranslations } from 'next-intl'
import { DIRECTIONS, SEASONS } from '@/lib/domain/rule/condition.ts'
import { choiceOf, fieldOf, ROW, type SentenceProps } from './field-of.ts'
import { LevelField } from './level-field.tsx'
import { WordInput, WordSelect } from './word-field.tsx'

/** What is unusual, compared with what, and how much of it is told. */
export function AnomalyFields({ draft, errors }: Pick<SentenceProps, 'draft' | 'errors'>) {
  const t = useTranslations('rules.sentence')
  const field = fieldOf(draft, errors)
  const choice = choiceOf(draft, errors)
  return (
    <div className={ROW}>
      <WordSelect
        {...choice('direction')}
        label={t('is')}
        options={DIRECTIONS.map((value) => ({ value, label: t(`directions.${value}`) }))}
        className="w-52"
      />
      <WordSelect
        {...choice('season')}
        label={t('season')}
        options={SEASONS.map((value) => ({ value, label: t(`seasons.${value}`) }))}
        className="w-48"
      />
      <WordInput {...field('sensitivity')} label={t('sensitivity')} inputMode="decimal" className="w-28" />
      <WordInput {...field('cooldown')} label={t('cooldown')} className="w-28" />
      <WordInput {...field('forTime')} label={t('for')} className="w-24" />
      <LevelField draft={draft} errors={errors} />
    </div>
  )
}
