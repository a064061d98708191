import { useTranslations } from 'next-intl'
import { SENTENCE_KINDS } from '@/lib/commands/rule/rule-draft.ts'
import { OPERATORS } from '@/lib/domain/rule/condition.ts'
import { AnomalyFields } from './anomaly-fields.tsx'
import { BurnFields } from './burn-fields.tsx'
import { CompositeFields } from './composite-fields.tsx'
import { fieldOf, ROW, type SentenceProps } from './field-of.ts'
import { LevelField } from './level-field.tsx'
import { MeasureFields, WhereFields } from './measure-fields.tsx'
import { MonitorFields } from './monitor-fields.tsx'
import { SentenceHelp } from './sentence-help.tsx'
import { WordInput, WordSelect } from './word-field.tsx'

interface Props extends SentenceProps {
  slug: string
  /** Of the rule that is changed; null for a new one. */
  ruleKey: string | null
}

/** The condition as a sentence whose words can be changed. */
export function SentenceFields(props: Props) {
  const { draft } = props
  const t = useTranslations('rules.sentence')
  return (
    <div className="flex flex-col gap-4">
      {/* Another kind begins with windows and limits of its own. */}
      <input type="hidden" name="shownKind" value={draft.kind} key={`shown ${draft.kind}`} />
      <WordSelect
        name="kind"
        label={t('kind')}
        value={draft.kind}
        options={SENTENCE_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        className="max-w-md"
      />
      <div key={draft.kind} className="flex flex-col gap-4">
        <KindFields {...props} />
      </div>
      <SentenceHelp kind={draft.kind} />
    </div>
  )
}

function KindFields(props: Props) {
  const { draft, errors } = props
  switch (draft.kind) {
    case 'consecutive_failures':
    case 'expiry':
      return <MonitorFields {...props} />
    case 'burn_rate':
      return <BurnFields {...props} />
    case 'composite':
      return <CompositeFields {...props} />
    case 'absence':
      return <SeriesFields {...props} />
    default:
      return (
        <>
          <SeriesFields {...props} />
          {draft.kind === 'anomaly' ? (
            <AnomalyFields draft={draft} errors={errors} />
          ) : (
            <LimitFields draft={draft} errors={errors} />
          )}
        </>
      )
  }
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
