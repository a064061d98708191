import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export interface FieldProps {
  name: string
  label: string
  /** What is allowed, in a few words, before anything goes wrong. */
  hint?: ReactNode
  /** What was wrong with the value given, and what is allowed. */
  error?: string | null | undefined
  /** Distinguishes two forms on one page that have a field of the same name. */
  idPrefix?: string | undefined
}

export interface ControlAttributes {
  id: string
  name: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** The attributes that tie a control to its label, hint and error. */
export function controlAttributes({ name, hint, error, idPrefix = 'field' }: FieldProps): ControlAttributes {
  const id = `${idPrefix}-${name}`
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return { id, name, 'aria-describedby': describedBy || undefined, 'aria-invalid': error ? true : undefined }
}

/** Label, hint, control and error in their order. The control comes from a caller that spread `controlAttributes`. */
export function Field({ children, ...field }: FieldProps & { children: ReactNode }) {
  const { id } = controlAttributes(field)
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {field.label}
      </label>
      {field.hint && (
        <p id={`${id}-hint`} className="text-sm text-ink-muted">
          {field.hint}
        </p>
      )}
      {children}
      <FieldError id={`${id}-error`} error={field.error} />
    </div>
  )
}

export function FieldError({ id, error }: { id: string; error: string | null | undefined }) {
  if (!error) return null
  return (
    <p id={id} className="flex items-start gap-1.5 text-sm font-medium text-degraded">
      <Icon name="octagon-x" className="mt-0.5" />
      {error}
    </p>
  )
}
