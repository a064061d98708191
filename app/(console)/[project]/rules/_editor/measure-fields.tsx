import { useTranslations } from 'next-intl'
import type { Aggregate } from '@/lib/domain/series/question.ts'
import { fieldOf, type SentenceProps } from './field-of.ts'
import { WordInput, WordSelect } from './word-field.tsx'

/** What is measured: an aggregate of a metric, or one by another. */
export function MeasureFields({ draft, errors, context, choices }: SentenceProps) {
  const t = useTranslations('rules.sentence')
  const metrics = [
    ...(context.metrics.some(({ name }) => name === draft.metric)
      ? []
      : [{ value: draft.metric, label: draft.metric || t('choose') }]),
    ...context.metrics.map(({ name }) => ({ value: name, label: name })),
  ]
  const others = [
    { value: '', label: t('choose') },
    ...context.metrics.map(({ name }) => ({ value: name, label: name })),
  ]
  const aggregates = useAggregates()
  const isAbsence = draft.kind === 'absence'
  return (
    <>
      {!isAbsence && (
        <WordSelect
          name="aggregate"
          label={t('when')}
          value={draft.aggregate}
          error={errors.aggregate}
          options={aggregates(choices.aggregates)}
          className="w-36"
        />
      )}
      <WordSelect
        name="metric"
        label={t(isAbsence ? 'whenNothing' : 'of')}
        value={draft.metric}
        error={errors.metric}
        options={metrics}
        className="w-full sm:w-80"
      />
      {draft.kind === 'ratio' && (
        <>
          <WordSelect
            name="perAggregate"
            label={t('dividedBy')}
            value={draft.perAggregate}
            error={errors.perAggregate}
            options={aggregates(choices.perAggregates)}
            className="w-36"
          />
          <WordSelect
            name="perMetric"
            label={t('of')}
            value={draft.perMetric}
            error={errors.perMetric}
            options={others}
            className="w-full sm:w-80"
          />
        </>
      )}
    </>
  )
}

function useAggregates() {
  const t = useTranslations('explore.form.aggregates')
  return (values: readonly Aggregate[]) => values.map((value) => ({ value, label: t(value) }))
}

const NAMES = [
  ['whereName1', 'whereValue1'],
  ['whereName2', 'whereValue2'],
] as const

/** Which series are meant, by attributes that the metric has and values that they take. */
export function WhereFields({ draft, errors, choices }: SentenceProps) {
  const t = useTranslations('rules.sentence')
  const field = fieldOf(draft, errors)
  const named = (names: readonly string[]) => [
    { value: '', label: t('any') },
    ...names.map((name) => ({ value: name, label: name })),
  ]
  const shown = draft.whereName1 === '' && draft.whereName2 === '' ? NAMES.slice(0, 1) : NAMES
  return (
    <>
      {shown.map(([name, value], index) => (
        <div key={name} className="flex min-w-0 items-start gap-2 max-sm:w-full">
          <WordSelect
            name={name}
            label={t(index === 0 ? 'where' : 'and')}
            value={draft[name]}
            error={errors[name]}
            options={named(choices.attributes)}
            className="w-48 max-sm:flex-1"
          />
          {draft[name] !== '' && (
            <Value field={field(value)} label={t('equals')} values={choices.values[index] ?? []} />
          )}
        </div>
      ))}
      {draft.kind === 'ratio' && (
        <div className="flex min-w-0 items-start gap-2 max-sm:w-full">
          <WordSelect
            name="perWhereName"
            label={t('perWhere')}
            value={draft.perWhereName}
            error={errors.perWhereName}
            options={named(choices.perAttributes)}
            className="w-48 max-sm:flex-1"
          />
          {draft.perWhereName !== '' && (
            <Value field={field('perWhereValue')} label={t('equals')} values={choices.perValues} />
          )}
        </div>
      )}
    </>
  )
}

function Value(props: {
  field: { name: string; defaultValue: string; error: string | undefined }
  label: string
  values: readonly string[]
}) {
  const list = `values-${props.field.name}`
  return (
    <>
      <WordInput {...props.field} label={props.label} list={list} className="w-44 max-sm:flex-1" />
      <datalist id={list}>
        {props.values.map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
    </>
  )
}
