'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useActionState, useEffect, useRef, useTransition } from 'react'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'

/** Long enough not to ask for every letter, short enough to be seen as an answer to it. */
const PAUSE_MS = 350

/**
 * The editor's form. Everything that is typed goes into the address after a short pause; the server then draws the page anew, with what can
 * be chosen, what is wrong and the back-test. An answer that is overtaken by the next letter is dropped. Without script the buttons that ask
 * for another view ("Back-test", "Write it in one line") do the same by loading the page; with it they must not, because what is typed into a
 * page that has just been loaded is overwritten when React takes it over.
 */
export function EditorForm(props: {
  action: (before: FormState, form: FormData) => Promise<FormState>
  path: string
  children: ReactNode
  /** Stands beside what was wrong as a whole: the buttons. */
  buttons: ReactNode
}) {
  const [state, submit] = useActionState(props.action, FRESH_FORM)
  const [isPending, startTransition] = useTransition()
  const form = useRef<HTMLFormElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const router = useRouter()
  useEffect(() => () => clearTimeout(timer.current), [])

  function show(tried: boolean): void {
    if (form.current === null) return
    const address = addressOf(props.path, new FormData(form.current), tried ? { tried: '1' } : {})
    startTransition(() => router.replace(address, { scroll: false }))
  }
  function showView(event: FormEvent<HTMLFormElement>): void {
    const { submitter } = event.nativeEvent as SubmitEvent
    if (!(submitter instanceof HTMLButtonElement) || submitter.formMethod !== 'get') return
    event.preventDefault()
    clearTimeout(timer.current)
    const address = addressOf(props.path, new FormData(event.currentTarget), { to: submitter.value })
    startTransition(() => router.push(address, { scroll: false }))
  }
  // What was refused is shown at its fields, which the server draws.
  const refused = useRef(state)
  useEffect(() => {
    if (refused.current === state) return
    refused.current = state
    show(true)
  })
  return (
    <form
      ref={form}
      action={submit}
      noValidate
      onSubmit={showView}
      data-pending={isPending || undefined}
      onInput={() => {
        clearTimeout(timer.current)
        timer.current = setTimeout(() => show(false), PAUSE_MS)
      }}
      className="group flex flex-col gap-8"
    >
      {props.children}
      <FormResult result={state.result} />
      {props.buttons}
    </form>
  )
}

function addressOf(path: string, fields: FormData, more: Record<string, string>): string {
  const pairs = [...fields].flatMap(([name, value]) =>
    typeof value === 'string' && !name.startsWith('$') && name !== 'to' ? [[name, value]] : [],
  )
  return `${path}?${new URLSearchParams([...pairs, ...Object.entries(more)])}`
}
