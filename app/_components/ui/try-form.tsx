import type { ReactNode } from 'react'
import type { FormState } from './form-state.ts'
import { FormResult } from './notice.tsx'
import { SubmitButton } from './submit-button.client.tsx'

/** One button that tries something, with what came of it underneath. */
export function TryForm(props: {
  action: () => void
  result: FormState['result']
  label: string
  pendingLabel: string
  className?: string
  children?: ReactNode
}) {
  return (
    <form action={props.action} className={`flex flex-col gap-2 ${props.className ?? 'items-start'}`}>
      <SubmitButton variant="secondary" pendingLabel={props.pendingLabel}>
        {props.label}
      </SubmitButton>
      <div className="w-full">
        <FormResult result={props.result} />
      </div>
      {props.children}
    </form>
  )
}
