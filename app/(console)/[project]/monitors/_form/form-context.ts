import type { FieldProps } from '@/app/_components/ui/field.tsx'
import type { ChannelChoice } from '@/lib/ports/monitor-reader.ts'
import type en from '@/messages/en/monitorForm.json'
import type { FormValues } from './form-values.ts'

/** The texts of the form, handed over as they are: the translation library stays on the server. */
export type FormTexts = Omit<typeof en, 'errors' | 'result'>

/** What every group of the form's fields needs. */
export interface FormContext {
  values: FormValues
  errors: Readonly<Record<string, string>>
  texts: FormTexts
  channels: readonly ChannelChoice[]
  /** Places that this installation can probe from, its own first. */
  regions: readonly string[]
  hasSecret: boolean
}

type FieldTexts = Record<string, { label: string; hint?: string }>

/** Label, hint and error of a control. The first wrong one takes the focus when the form comes back. */
export function fieldOf(form: FormContext, name: string): FieldProps & { autoFocus?: boolean } {
  const { label, hint } = (form.texts.fields as FieldTexts)[name] ?? { label: name }
  const error = form.errors[name]
  return {
    name,
    label,
    ...(hint === undefined ? {} : { hint }),
    ...(error === undefined ? {} : { error }),
    ...(Object.keys(form.errors)[0] === name ? { autoFocus: true } : {}),
  }
}

/** The same with what it holds, for controls that take text. */
export function textOf(form: FormContext, name: string) {
  return { ...fieldOf(form, name), defaultValue: form.values[name] ?? '' }
}

/** The same for a box that is ticked or not. */
export function boxOf(form: FormContext, name: string) {
  return { ...fieldOf(form, name), defaultChecked: form.values[name] === 'on' }
}

/** True when a control of a folded group is wrong: the group then stands open. */
export function hasErrorIn(form: FormContext, names: readonly string[]): boolean {
  return names.some((name) => form.errors[name] !== undefined)
}
