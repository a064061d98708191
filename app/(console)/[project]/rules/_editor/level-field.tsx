import { useTranslations } from 'next-intl'
import { LEVELS } from '@/lib/domain/rule/condition.ts'
import { choiceOf, type SentenceProps } from './field-of.ts'
import { WordSelect } from './word-field.tsx'

/** How loud a rule is that has one level only. */
export function LevelField({ draft, errors }: Pick<SentenceProps, 'draft' | 'errors'>) {
  const t = useTranslations('rules.sentence')
  return (
    <WordSelect
      {...choiceOf(draft, errors)('level')}
      label={t('level')}
      options={LEVELS.map((value) => ({ value, label: t(`levels.${value}`) }))}
      className="w-36"
    />
  )
}
