import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { choiceOf, fieldOf, ROW, type SentenceProps } from './field-of.ts'
import { LevelField } from './level-field.tsx'
import { WordInput, WordSelect } from './word-field.tsx'

const PAIRS = [
  ['burnFactor1', 'burnLong1', 'burnShort1'],
  ['burnFactor2', 'burnLong2', 'burnShort2'],
] as const

/** How fast the error budget of an SLO may be spent, over a long window and a short one. */
export function BurnFields({ draft, errors, context, slug }: SentenceProps & { slug: string }) {
  const t = useTranslations('rules.sentence')
  const field = fieldOf(draft, errors)
  if (context.slos.length === 0) {
    return (
      <p className="text-ink-muted">
        {t('noSlo')}{' '}
        <Link href={`/${slug}/slos/new`} className="text-ink underline underline-offset-4">
          {t('newSlo')}
        </Link>
      </p>
    )
  }
  const slos = context.slos.map(({ key, name }) => ({ value: key, label: name }))
  const isKnown = slos.some(({ value }) => value === draft.slo)
  return (
    <>
      <WordSelect
        {...choiceOf(draft, errors)('slo')}
        label={t('budgetOf')}
        options={isKnown ? slos : [{ value: draft.slo, label: draft.slo || t('chooseSlo') }, ...slos]}
        className="w-full sm:w-80"
      />
      {PAIRS.map(([factor, long, short], index) => (
        <div key={factor} className={ROW}>
          <WordInput
            {...field(factor)}
            label={t(index === 0 ? 'burnFactor' : 'orBurnFactor')}
            inputMode="decimal"
            className="w-52"
          />
          <WordInput {...field(long)} label={t('over')} className="w-24" />
          <WordInput {...field(short)} label={t('andOver')} className="w-28" />
        </div>
      ))}
      <div className={ROW}>
        <WordInput
          {...field('minBadEvents')}
          label={t('minBadEvents')}
          inputMode="numeric"
          className="w-full sm:w-72"
        />
        <WordInput {...field('forTime')} label={t('for')} className="w-24" />
        <LevelField draft={draft} errors={errors} />
      </div>
    </>
  )
}
