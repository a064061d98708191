import Form from 'next/form'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '@/app/_components/ui/button.tsx'
import { CONTROL_CLASS } from '@/app/_components/ui/control-style.ts'
import type { Exploration, ExploreRequest } from '@/lib/queries/explore.ts'

/** What to draw, as a form whose answer is an address. */
export function ExploreForm(props: { path: string; request: ExploreRequest; exploration: Exploration }) {
  const t = useTranslations('explore.form')
  const { path, request, exploration } = props
  const { metrics, metric, aggregate, aggregates, by } = exploration
  return (
    <Form action={path} className="flex flex-wrap items-end gap-x-3 gap-y-2">
      <input type="hidden" name="range" value={request.range} />
      {request.from !== null && <input type="hidden" name="from" value={request.from} />}
      {request.until !== null && <input type="hidden" name="until" value={request.until} />}
      <Choice label={t('metric')} name="metric" value={metric?.name ?? ''} className="w-full sm:w-96">
        {metrics.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </Choice>
      <Choice label={t('aggregate')} name="aggregate" value={aggregate} className="w-36">
        {aggregates.map((one) => (
          <option key={one} value={one}>
            {t(`aggregates.${one}`)}
          </option>
        ))}
      </Choice>
      <Choice label={t('by')} name="by" value={by ?? ''} className="w-full sm:w-60">
        <option value="">{t('notSplit')}</option>
        {metric?.attributeNames.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Choice>
      {request.where.map((condition) => (
        <input key={condition} type="hidden" name="where" value={condition} />
      ))}
      <Button type="submit" className="max-sm:h-10">
        {t('show')}
      </Button>
    </Form>
  )
}

function Choice(props: { label: string; name: string; value: string; className: string; children: ReactNode }) {
  return (
    <label className={`flex flex-col gap-1 text-sm text-ink-muted ${props.className}`}>
      {props.label}
      <select
        // A new key for each value: React keeps the old choice of a select when only its default changes.
        key={props.value}
        name={props.name}
        defaultValue={props.value}
        className={`${CONTROL_CLASS} h-10 sm:h-8`}
      >
        {props.children}
      </select>
    </label>
  )
}
