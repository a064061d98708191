import { useTranslations } from 'next-intl'
import { CheckboxField } from '@/app/_components/ui/checkbox-field.tsx'
import { FieldError } from '@/app/_components/ui/field.tsx'
import { COMPOSITE_MODES } from '@/lib/domain/rule/condition.ts'
import { choiceOf, fieldOf, ROW, type SentenceProps } from './field-of.ts'
import { LevelField } from './level-field.tsx'
import { WordInput, WordSelect } from './word-field.tsx'

/** Which other rules must fire, and whether all of them. */
export function CompositeFields(props: SentenceProps & { ruleKey: string | null }) {
  const { draft, errors, context, ruleKey } = props
  const t = useTranslations('rules.sentence')
  const others = context.rules.filter(({ key }) => key !== ruleKey)
  return (
    <>
      <div className={ROW}>
        <WordSelect
          {...choiceOf(draft, errors)('combine')}
          label={t('when')}
          options={COMPOSITE_MODES.map((value) => ({ value, label: t(`combines.${value}`) }))}
          className="w-full sm:w-80"
        />
        <WordInput {...fieldOf(draft, errors)('forTime')} label={t('for')} className="w-24" />
        <LevelField draft={draft} errors={errors} />
      </div>
      <fieldset aria-describedby="help-rules" className="flex flex-col gap-2">
        <legend className="mb-1 text-sm text-ink-muted">{t('rules')}</legend>
        {others.length === 0 && <p className="text-ink-muted">{t('noOther')}</p>}
        <div className="grid max-w-3xl gap-x-6 gap-y-2 sm:grid-cols-2">
          {others.map(({ key, name }) => (
            <CheckboxField
              key={key}
              idPrefix={`rule-${key}`}
              name="rule"
              value={key}
              defaultChecked={draft.rules.includes(key)}
              label={name}
            />
          ))}
        </div>
        <FieldError id="field-rules-error" error={errors.rules} />
      </fieldset>
    </>
  )
}
