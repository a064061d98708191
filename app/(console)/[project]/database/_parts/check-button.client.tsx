'use client'

import { useActionState } from 'react'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { type CheckState, NOT_CHECKED } from './check-state.ts'

/** Looks into the database and shows what came of it beside the button. */
export function CheckButton(props: {
  action: (before: CheckState) => Promise<CheckState>
  label: string
  pendingLabel: string
}) {
  const [state, action] = useActionState(props.action, NOT_CHECKED)
  return (
    <form action={action} className="flex flex-col items-start gap-2">
      <SubmitButton variant="secondary" pendingLabel={props.pendingLabel}>
        {props.label}
      </SubmitButton>
      <div className="w-full">
        <FormResult result={state.result} />
      </div>
    </form>
  )
}
