'use client'
import { type ReactNode, useId, useRef } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-style.ts'
import { SubmitButton } from './submit-button.client.tsx'

/**
 * A destructive action behind a question that says what is lost. The platform's `<dialog>`: it keeps focus inside, closes on
 * Escape and gives focus back. `children` are the hidden fields that the action needs.
 * It brings its own form, and so must not stand inside another one.
 */
export function ConfirmButton(props: {
  label: string
  title: string
  /** What will be lost, and whether it can be undone. */
  lost: string
  confirmLabel: string
  cancelLabel: string
  action: (data: FormData) => void | Promise<void>
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  children?: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
        className={buttonClass(props.variant ?? 'danger', props.size)}
      >
        {props.label}
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-lost`}
        className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-lg border border-line-strong p-5"
      >
        <form action={props.action} onSubmit={() => dialog.current?.close()} className="flex flex-col gap-3">
          <h2 id={`${id}-title`} className="text-lg font-semibold">
            {props.title}
          </h2>
          <p id={`${id}-lost`} className="text-ink-muted">
            {props.lost}
          </p>
          {props.children}
          <div className="mt-2 flex justify-end gap-2">
            <button type="button" className={buttonClass('secondary')} onClick={() => dialog.current?.close()}>
              {props.cancelLabel}
            </button>
            <SubmitButton>{props.confirmLabel}</SubmitButton>
          </div>
        </form>
      </dialog>
    </>
  )
}
