'use client'

import { useActionState } from 'react'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import { TryForm } from '@/app/_components/ui/try-form.tsx'

/** A test and its answer, beside the part that it tries. */
export function SetupTest(props: {
  action: (before: ActionResult) => Promise<ActionResult>
  label: string
  pendingLabel: string
}) {
  const [result, action] = useActionState(props.action, null)
  return (
    <TryForm
      action={action}
      result={result}
      label={props.label}
      pendingLabel={props.pendingLabel}
      className="max-sm:pl-7 sm:w-64 sm:items-end"
    />
  )
}
