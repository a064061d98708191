import type { ReactNode } from 'react'
import { CONTROL_CLASS } from '@/app/_components/ui/control-style.ts'
import { controlAttributes, Field, type FieldProps } from '@/app/_components/ui/field.tsx'
import { type FormContext, fieldOf } from './form-context.ts'

/** A plain group of fields: what it is about at the left, the fields at the right. */
export function FormGroup(props: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-10 gap-y-4 border-t border-line py-6 lg:grid-cols-[15rem_minmax(0,1fr)]">
      <div>
        <h2 className="text-base font-semibold">{props.title}</h2>
        {props.text && <p className="mt-0.5 max-w-[56ch] text-sm text-ink-muted">{props.text}</p>}
      </div>
      <div className="flex max-w-2xl min-w-0 flex-col gap-4">{props.children}</div>
    </section>
  )
}

/** Fields side by side where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className="grid gap-4 sm:grid-cols-2">{children}</div>
}

/** Fields that few need. Stands open when one of them is wrong. */
export function MoreFields(props: { label: string; open: boolean; children: ReactNode }) {
  return (
    <details open={props.open} className="group">
      <summary className="inline-flex items-center gap-1.5 rounded-sm text-sm text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
        {props.label}
      </summary>
      <div className="mt-4 flex flex-col gap-4">{props.children}</div>
    </details>
  )
}

/** A length of time: how many, and of what. */
export function DurationField({ form, name }: { form: FormContext; name: string }) {
  const field: FieldProps & { autoFocus?: boolean } = fieldOf(form, name)
  const { autoFocus, ...rest } = field
  return (
    <Field {...rest}>
      <div className="flex gap-2">
        <input
          {...controlAttributes(rest)}
          inputMode="decimal"
          defaultValue={form.values[name] ?? ''}
          // biome-ignore lint/a11y/noAutofocus: the first wrong field of a form that came back
          autoFocus={autoFocus}
          className={`${CONTROL_CLASS} h-10 sm:h-8`}
        />
        <div className="w-28 shrink-0">
          <select
            name={`${name}Unit`}
            aria-label={`${rest.label}, ${form.texts.unit}`}
            defaultValue={form.values[`${name}Unit`] ?? 's'}
            className={`${CONTROL_CLASS} h-10 sm:h-8`}
          >
            <option value="s">{form.texts.units.s}</option>
            <option value="min">{form.texts.units.min}</option>
            <option value="h">{form.texts.units.h}</option>
          </select>
        </div>
      </div>
    </Field>
  )
}
