'use client'

import { useActionState } from 'react'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'

/** A test and its answer, beside the part that it tries. */
export function SetupTest(props: {
  action: (before: ActionResult) => Promise<ActionResult>
  label: string
  pendingLabel: string
}) {
  const [result, action] = useActionState(props.action, null)
  return (
    <form action={action} className="flex flex-col items-start gap-2 max-sm:pl-7 sm:w-64 sm:items-end">
      <SubmitButton variant="secondary" pendingLabel={props.pendingLabel}>
        {props.label}
      </SubmitButton>
      <div className="w-full">
        <FormResult result={result} />
      </div>
    </form>
  )
}
