import type { ComponentProps } from 'react'
import { CONTROL_CLASS } from './control-style.ts'
import { controlAttributes, Field, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'

/** The platform's own select: it is the best one on a phone, works without JavaScript and reads well. */
export function SelectField({
  name,
  label,
  hint,
  error,
  idPrefix,
  options,
  ...select
}: FieldProps & { options: readonly { value: string; label: string }[] } & Omit<
    ComponentProps<'select'>,
    keyof FieldProps | 'children'
  >) {
  const field = { name, label, hint, error, idPrefix }
  return (
    <Field {...field}>
      <div className="relative">
        <select
          {...select}
          {...controlAttributes(field)}
          className={`${CONTROL_CLASS} h-10 appearance-none pr-8 sm:h-8`}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <span className="pointer-events-none absolute inset-y-0 right-2 flex items-center text-ink-muted">
          <Icon name="chevron-down" />
        </span>
      </div>
    </Field>
  )
}
