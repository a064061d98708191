'use client'

import { useActionState, useState } from 'react'
import { CheckboxField } from '@/app/_components/ui/checkbox-field.tsx'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SelectField } from '@/app/_components/ui/select-field.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'
import type { SloSpec } from '@/lib/domain/slo/slo.ts'
import type { Locale } from '@/lib/domain/time/locale.ts'
import { Arithmetic } from './arithmetic.tsx'
import type { SloFormValues } from './form-values.ts'
import type { SloFormOptions, SloFormTexts } from './slo-form-texts.ts'

export interface SloFormProps {
  action: (before: FormState, form: FormData) => Promise<FormState>
  kind: SloSpec['indicator']['kind']
  values: SloFormValues
  /** Keys of the monitors that are ticked. */
  chosen: readonly string[]
  monitors: readonly { key: string; name: string; tags: readonly string[]; intervalSeconds: number }[]
  metrics: readonly string[]
  isNew: boolean
  locale: Locale
  texts: SloFormTexts
  options: SloFormOptions
}

/** What is promised, of what, over which time. The arithmetic under the target follows what is typed. */
export function SloForm(props: SloFormProps) {
  const { kind, values, isNew, locale, texts, options, monitors } = props
  const [state, submit] = useActionState(props.action, FRESH_FORM)
  const shown = { ...values, ...state.values }
  const [typed, setTyped] = useState(shown)
  const field = (name: keyof SloFormValues) => ({
    name,
    label: texts[name as keyof SloFormTexts],
    defaultValue: shown[name],
    error: state.errors[name],
  })
  return (
    <form
      // Made anew after each answer: what was typed comes back as the default of its field.
      key={JSON.stringify(state.values)}
      action={submit}
      onChange={(event) => setTyped(readTyped(event.currentTarget, shown))}
      noValidate
      className="flex max-w-xl flex-col gap-5"
    >
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="timeZone" value={shown.timeZone} />
      <TextField {...field('name')} hint={texts.nameHint} maxLength={120} />
      {kind === 'availability' && (
        <>
          <SelectField {...field('scope')} options={options.scope} />
          <MonitorChoice {...props} error={state.errors.monitors} />
        </>
      )}
      {kind === 'ratio' && <SelectField {...field('counts')} options={options.counts} />}
      {(kind === 'ratio' || kind === 'latency') && (
        <>
          <TextField
            {...field('metric')}
            hint={texts.metricHint}
            list="slo-metrics"
            className="font-mono"
            spellCheck={false}
          />
          <TextField {...field('where')} hint={texts.whereHint} className="font-mono" spellCheck={false} />
          <datalist id="slo-metrics">
            {props.metrics.map((metric) => (
              <option key={metric} value={metric} />
            ))}
          </datalist>
        </>
      )}
      {kind === 'latency' && <TextField {...field('threshold')} hint={texts.thresholdHint} inputMode="decimal" />}
      {kind === 'ratio' && (
        <>
          <TextField
            {...field('totalMetric')}
            hint={texts.totalMetricHint}
            list="slo-metrics"
            className="font-mono"
            spellCheck={false}
          />
          <TextField {...field('totalWhere')} className="font-mono" spellCheck={false} />
        </>
      )}
      {kind === 'web_vital' && (
        <>
          <SelectField {...field('vital')} options={options.vital} />
          <TextField {...field('page')} hint={texts.pageHint} className="font-mono" spellCheck={false} />
        </>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField {...field('target')} suffix="%" inputMode="decimal" />
        <SelectField {...field('window')} options={options.window} />
      </div>
      <Arithmetic kind={kind} typed={typed} monitors={monitors} chosen={props.chosen} locale={locale} />
      <SelectField {...field('method')} hint={texts.methodHint} options={options.method} />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField {...field('sliceMinutes')} hint={texts.sliceHint} options={options.sliceMinutes} />
        <TextField {...field('sliceTarget')} hint={texts.sliceHint} suffix="%" inputMode="decimal" />
      </div>
      <TextareaField {...field('description')} rows={2} maxLength={1050} />
      <TextField
        {...field('key')}
        hint={texts.keyHint}
        className="font-mono"
        autoCapitalize="none"
        spellCheck={false}
      />
      <FormResult result={state.result} />
      <div>
        <SubmitButton pendingLabel={texts.saving}>{isNew ? texts.create : texts.save}</SubmitButton>
      </div>
    </form>
  )
}

function MonitorChoice({ monitors, chosen, texts, error }: SloFormProps & { error: string | undefined }) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="text-sm font-medium">{texts.monitors}</legend>
      <p className="text-sm text-ink-muted">{texts.monitorsHint}</p>
      <div className="flex max-h-60 flex-col gap-2 overflow-y-auto">
        {monitors.map(({ key, name }) => (
          <CheckboxField
            key={key}
            idPrefix={`slo-${key}`}
            name="monitor"
            value={key}
            defaultChecked={chosen.includes(key)}
            label={name}
          />
        ))}
      </div>
      {error && <p className="text-sm font-medium text-degraded">{error}</p>}
    </fieldset>
  )
}

function readTyped(form: HTMLFormElement, before: SloFormValues): SloFormValues {
  const data = new FormData(form)
  const given = [...data.entries()].filter(([name, value]) => name in before && typeof value === 'string')
  return { ...before, ...Object.fromEntries(given) }
}
