'use client'

import Link from 'next/link'
import { useActionState } from 'react'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { NOT_TESTED, type TestState } from './test-state.ts'

/** Sends a test and shows the answer beside the button: a channel is only trusted once a message came through it. */
export function TestButton(props: {
  action: (before: TestState) => Promise<TestState>
  label: string
  pendingLabel: string
}) {
  const [state, action] = useActionState(props.action, NOT_TESTED)
  return (
    <form action={action} className="flex flex-col items-start gap-2">
      <SubmitButton variant="secondary" pendingLabel={props.pendingLabel}>
        {props.label}
      </SubmitButton>
      <div className="w-full">
        <FormResult result={state.result} />
      </div>
      {state.links.length > 0 && (
        <p className="flex flex-wrap gap-x-4 gap-y-1">
          {state.links.map(({ href, label }) => (
            <Link key={href} href={href} className="underline underline-offset-4">
              {label}
            </Link>
          ))}
        </p>
      )}
    </form>
  )
}
