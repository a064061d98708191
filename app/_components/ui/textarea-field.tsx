import type { ComponentProps } from 'react'
import { CONTROL_CLASS } from './control-style.ts'
import { controlAttributes, Field, type FieldProps } from './field.tsx'

/** Several lines; `mono` for bodies, headers and queries. */
export function TextareaField({
  name,
  label,
  hint,
  error,
  idPrefix,
  mono = false,
  ...textarea
}: FieldProps & { mono?: boolean } & Omit<ComponentProps<'textarea'>, keyof FieldProps>) {
  const field = { name, label, hint, error, idPrefix }
  return (
    <Field {...field}>
      <textarea
        rows={3}
        {...textarea}
        {...controlAttributes(field)}
        className={`${CONTROL_CLASS} py-1.5 ${mono ? 'font-mono sm:text-sm' : ''}`}
      />
    </Field>
  )
}
