import type { ComponentProps } from 'react'
import { controlAttributes, FieldError, type FieldProps } from './field.tsx'

/** A box with its label at the right, and the hint under the label. */
export function CheckboxField({
  name,
  label,
  hint,
  error,
  idPrefix,
  ...input
}: FieldProps & Omit<ComponentProps<'input'>, keyof FieldProps | 'type'>) {
  const attributes = controlAttributes({ name, label, hint, error, idPrefix })
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-start gap-2">
        <input {...input} type="checkbox" {...attributes} className="mt-0.5 size-4 shrink-0 accent-ink" />
        <label htmlFor={attributes.id} className="text-base">
          {label}
        </label>
      </div>
      {hint && (
        <p id={`${attributes.id}-hint`} className="pl-6 text-sm text-ink-muted">
          {hint}
        </p>
      )}
      <FieldError id={`${attributes.id}-error`} error={error} />
    </div>
  )
}
