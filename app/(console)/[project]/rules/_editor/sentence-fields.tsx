import { useTranslations } from 'next-intl'
import { type RuleDraft, SENTENCE_KINDS } from '@/lib/commands/rule/rule-draft.ts'
import { LEVELS, OPERATORS } from '@/lib/domain/rule/condition.ts'
import type { EditorChoices, EditorContext } from '@/lib/queries/rule-editor.ts'
import { MeasureFields, WhereFields } from './measure-fields.tsx'
import { WordInput, WordSelect } from './word-field.tsx'

export interface SentenceProps {
  draft: RuleDraft
  errors: Record<string, string>
  context: EditorContext
  choices: EditorChoices
}

/** The condition as a sentence whose words can be changed. */
export function SentenceFields(props: SentenceProps) {
  const { draft, errors } = props
  const t = useTranslations('rules.sentence')
  const isOfMonitors = draft.kind === 'consecutive_failures' || draft.kind === 'expiry'
  return (
    <div className="flex flex-col gap-4">
      <WordSelect
        name="kind"
        label={t('kind')}
        value={draft.kind}
        options={SENTENCE_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        className="max-w-md"
      />
      {isOfMonitors ? <MonitorFields {...props} /> : <SeriesFields {...props} />}
      {draft.kind !== 'absence' && !isOfMonitors && <LimitFields draft={draft} errors={errors} />}
    </div>
  )
}

function SeriesFields(props: SentenceProps) {
  const { draft, errors, choices } = props
  const t = useTranslations('rules.sentence')
  const field = fieldOf(draft, errors)
  return (
    <>
      <div className={ROW}>
        <MeasureFields {...props} />
        <WordInput {...field('window')} label={t(draft.kind === 'absence' ? 'silentFor' : 'over')} className="w-24" />
        {draft.kind === 'absence' && <LevelField draft={draft} errors={errors} />}
      </div>
      <div className={ROW}>
        <WhereFields {...props} />
        <WordSelect
          name="groupBy"
          label={t('by')}
          value={draft.groupBy}
          error={errors.groupBy}
          options={[
            { value: '', label: t('notSplit') },
            ...choices.attributes.map((name) => ({ value: name, label: name })),
          ]}
          className="w-full sm:w-56"
        />
      </div>
    </>
  )
}

function LimitFields({ draft, errors }: Pick<SentenceProps, 'draft' | 'errors'>) {
  const t = useTranslations('rules.sentence')
  const field = fieldOf(draft, errors)
  const isBaseline = draft.kind === 'baseline'
  return (
    <div className={ROW}>
      <WordSelect
        name="operator"
        label={t('is')}
        value={draft.operator}
        error={errors.operator}
        options={OPERATORS.map((value) => ({ value, label: t(`operators.${value}`) }))}
        className="w-36"
      />
      <WordInput
        {...field('critical')}
        label={t('critical')}
        placeholder={isBaseline ? '0.5' : '2s'}
        className="w-28"
      />
      <WordInput
        {...field('warning')}
        label={t('warning')}
        placeholder={isBaseline ? '0.8' : '500ms'}
        className="w-28"
      />
      {isBaseline && <WordInput {...field('weeks')} label={t('weeks')} inputMode="numeric" className="w-28" />}
      {isBaseline && (
        <WordInput {...field('minBaseline')} label={t('minBaseline')} inputMode="decimal" className="w-36" />
      )}
      {draft.kind === 'ratio' && (
        <WordInput {...field('minCount')} label={t('minCount')} inputMode="numeric" className="w-36" />
      )}
      <WordInput {...field('forTime')} label={t('for')} className="w-24" />
    </div>
  )
}

function MonitorFields({ draft, errors, context }: SentenceProps) {
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
        name="monitors"
        label={t(isExpiry ? 'certificateOf' : 'monitor')}
        value={draft.monitors}
        error={errors.monitors}
        options={monitors}
        className="w-full sm:w-72"
      />
      {isExpiry && (
        <>
          <WordInput {...field('criticalDays')} label={t('criticalDays')} inputMode="numeric" className="w-36" />
          <WordInput {...field('warningDays')} label={t('warningDays')} inputMode="numeric" className="w-36" />
        </>
      )}
      {!isExpiry && (
        <>
          <WordInput {...field('failures')} label={t('failures')} inputMode="numeric" className="w-36" />
          <LevelField draft={draft} errors={errors} />
        </>
      )}
    </div>
  )
}

function LevelField({ draft, errors }: Pick<SentenceProps, 'draft' | 'errors'>) {
  const t = useTranslations('rules.sentence')
  return (
    <WordSelect
      name="level"
      label={t('level')}
      value={draft.level}
      error={errors.level}
      options={LEVELS.map((value) => ({ value, label: t(`levels.${value}`) }))}
      className="w-32"
    />
  )
}

export const ROW = 'flex flex-wrap items-start gap-x-3 gap-y-3'

/** Name, value and error of a field of the draft. */
export function fieldOf(draft: RuleDraft, errors: Record<string, string>) {
  return (name: Exclude<keyof RuleDraft, 'channels'>) => ({
    name,
    defaultValue: draft[name],
    error: errors[name],
  })
}
