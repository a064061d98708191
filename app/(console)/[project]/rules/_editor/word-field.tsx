import type { ComponentProps, ReactNode } from 'react'
import { CONTROL_CLASS } from '@/app/_components/ui/control-style.ts'
import { controlAttributes, FieldError } from '@/app/_components/ui/field.tsx'

interface Word {
  name: string
  /** The words of the sentence that stand before the field. */
  label: string
  error?: string | undefined
  className?: string
}

/** What is wrong is a sentence: in the width of a number it would stand a word a line. */
const ROOM_FOR_ERROR = 'w-full sm:w-80'

/** One field of the sentence: small, with the words before it as its label, and what is wrong under it. */
function Slot({ name, label, error, className = '', children }: Word & { children: ReactNode }) {
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${error ? ROOM_FOR_ERROR : className}`}>
      <label htmlFor={`field-${name}`} className="text-sm text-ink-muted">
        {label}
      </label>
      {children}
      <FieldError id={`field-${name}-error`} error={error} />
    </div>
  )
}

export function WordInput({ name, label, error, className, ...input }: Word & ComponentProps<'input'>) {
  return (
    <Slot name={name} label={label} error={error} className={className ?? ''}>
      <input
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...input}
        {...attributesOf({ name, label, error })}
        className={`${CONTROL_CLASS} h-10 sm:h-8`}
      />
    </Slot>
  )
}

export function WordSelect(props: Word & { value: string; options: readonly { value: string; label: string }[] }) {
  const { name, label, error, className, value, options } = props
  return (
    <Slot name={name} label={label} error={error} className={className ?? ''}>
      <select
        // Made anew when what can be chosen changes: the old choice may be none of it.
        key={options.map((option) => option.value).join('\n')}
        {...attributesOf({ name, label, error })}
        defaultValue={value}
        className={`${CONTROL_CLASS} h-10 sm:h-8`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Slot>
  )
}

/** What the field means stands in the help of its kind, under the sentence. */
function attributesOf(word: Pick<Word, 'name' | 'label' | 'error'>) {
  const attributes = controlAttributes(word)
  const describedBy = [`help-${word.name}`, attributes['aria-describedby']].filter(Boolean).join(' ')
  return { ...attributes, 'aria-describedby': describedBy }
}
