'use client'

import { useActionState } from 'react'
import { TryForm } from '@/app/_components/ui/try-form.tsx'
import { type CheckState, NOT_CHECKED } from './check-state.ts'

/** Looks into the database and shows what came of it. */
export function CheckButton(props: {
  action: (before: CheckState) => Promise<CheckState>
  label: string
  pendingLabel: string
}) {
  const [state, action] = useActionState(props.action, NOT_CHECKED)
  return <TryForm action={action} result={state.result} label={props.label} pendingLabel={props.pendingLabel} />
}
