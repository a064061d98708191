'use client'

import Link from 'next/link'
import { useActionState } from 'react'
import { TryForm } from '@/app/_components/ui/try-form.tsx'
import { NOT_TESTED, type TestState } from './test-state.ts'

/** Sends a test and shows the answer beside the button: a channel is only trusted once a message came through it. */
export function TestButton(props: {
  action: (before: TestState) => Promise<TestState>
  label: string
  pendingLabel: string
}) {
  const [state, action] = useActionState(props.action, NOT_TESTED)
  return (
    <TryForm action={action} result={state.result} label={props.label} pendingLabel={props.pendingLabel}>
      {state.links.length > 0 && (
        <p className="flex flex-wrap gap-x-4 gap-y-1">
          {state.links.map(({ href, label }) => (
            <Link key={href} href={href} className="underline underline-offset-4">
              {label}
            </Link>
          ))}
        </p>
      )}
    </TryForm>
  )
}
