'use client'

import { useActionState } from 'react'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'

/** One number: how many tokens a month may use. */
export function BudgetForm(props: {
  action: (before: FormState, form: FormData) => Promise<FormState>
  tokens: string
  texts: { label: string; hint: string; save: string; saving: string }
}) {
  const [state, submit] = useActionState(props.action, FRESH_FORM)
  const { texts } = props
  return (
    <form key={JSON.stringify(state.values)} action={submit} noValidate className="mt-3 flex max-w-md flex-col gap-3">
      <FormResult result={state.result} />
      <TextField
        name="tokens"
        label={texts.label}
        hint={texts.hint}
        error={state.errors.tokens}
        defaultValue={state.values.tokens ?? props.tokens}
        inputMode="numeric"
      />
      <div>
        <SubmitButton pendingLabel={texts.saving}>{texts.save}</SubmitButton>
      </div>
    </form>
  )
}
