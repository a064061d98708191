'use client'
import type { ReactNode } from 'react'
import { useFormStatus } from 'react-dom'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-style.ts'

/**
 * Submits the form around it and says so while it is under way. It stays focusable meanwhile (aria-disabled rather than
 * disabled), so that the keyboard keeps its place. `name` and `value` tell the action which button was pressed.
 */
export function SubmitButton(props: {
  children: ReactNode
  pendingLabel?: string | undefined
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  name?: string | undefined
  value?: string | undefined
  className?: string | undefined
}) {
  const { pending, data } = useFormStatus()
  const isMine = pending && (props.name === undefined || data?.get(props.name) === (props.value ?? ''))
  return (
    <button
      type="submit"
      name={props.name}
      value={props.value}
      aria-disabled={pending || undefined}
      onClick={(event) => pending && event.preventDefault()}
      className={`${buttonClass(props.variant ?? 'primary', props.size)} ${props.className ?? ''}`}
    >
      {isMine && <Spinner />}
      {isMine ? (props.pendingLabel ?? props.children) : props.children}
    </button>
  )
}

function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="size-3.5 rounded-full border-2 border-current border-r-transparent motion-safe:animate-spin"
    />
  )
}
