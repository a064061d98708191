import type { ComponentProps } from 'react'
import { CONTROL_CLASS } from './control-style.ts'
import { controlAttributes, Field, type FieldProps } from './field.tsx'

/** One line of text, a number, an address or a password. `suffix` is the unit of a number. */
export function TextField({
  name,
  label,
  hint,
  error,
  idPrefix,
  suffix,
  className = '',
  ...input
}: FieldProps & { suffix?: string } & Omit<ComponentProps<'input'>, keyof FieldProps>) {
  const field = { name, label, hint, error, idPrefix }
  return (
    <Field {...field}>
      <div className="relative">
        <input
          {...input}
          {...controlAttributes(field)}
          className={`${CONTROL_CLASS} h-10 sm:h-8 ${suffix ? 'pr-12' : ''} ${className}`}
        />
        {suffix && (
          <span className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-sm text-ink-muted">
            {suffix}
          </span>
        )}
      </div>
    </Field>
  )
}
