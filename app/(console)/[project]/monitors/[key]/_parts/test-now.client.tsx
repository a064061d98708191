'use client'
import { type ReactNode, useActionState } from 'react'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import type { Locale } from '@/lib/domain/time/locale.ts'
import { OutcomePanel, type OutcomeTexts } from '../../_parts/outcome-panel.tsx'
import { testNow } from '../test-action.ts'

/** The heading of the last result with the button that makes a new one, which is shown above the stored one. */
export function TestNow(props: {
  projectSlug: string
  monitorKey: string
  title: ReactNode
  button: string
  pending: string
  texts: OutcomeTexts
  locale: Locale
  timeZone: string
  children: ReactNode
}) {
  const [state, action] = useActionState(testNow, null)
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        {props.title}
        <form action={action}>
          <input type="hidden" name="project" value={props.projectSlug} />
          <input type="hidden" name="key" value={props.monitorKey} />
          <SubmitButton variant="secondary" size="small" pendingLabel={props.pending} className="max-sm:h-10">
            {props.button}
          </SubmitButton>
        </form>
      </div>
      <div role="status" className="empty:hidden">
        {state && 'message' in state && <Notice tone="error">{state.message}</Notice>}
        {state && 'shown' in state && (
          <OutcomePanel
            shown={state.shown}
            texts={props.texts}
            locale={props.locale}
            timeZone={props.timeZone}
            note={props.texts.justNow}
          />
        )}
      </div>
      {props.children}
    </section>
  )
}
