'use client'
import { type ReactNode, useActionState } from 'react'
import { FormResult, type NoticeTone } from './notice.tsx'

/** What became of a press of a button; null when the page itself shows it. */
export type ActionResult = { tone: NoticeTone; message: string } | null

/**
 * A form of hidden fields and buttons, with what became of it underneath. Works without script. For forms that show errors at their
 * fields, use `useActionState` in a component of their own.
 */
export function ActionForm(props: {
  action: (before: ActionResult, form: FormData) => Promise<ActionResult>
  /** For controls elsewhere on the page that belong to it. */
  id?: string
  className?: string
  children: ReactNode
}) {
  const [result, action] = useActionState(props.action, null)
  return (
    <form id={props.id} action={action} className={props.className}>
      {props.children}
      <FormResult result={result} />
    </form>
  )
}
