'use client'

import { useActionState } from 'react'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'

/** OpenSLO documents to paste. What is wrong with them is told at the field. */
export function ImportForm(props: {
  action: (before: FormState, form: FormData) => Promise<FormState>
  texts: Record<'text' | 'hint' | 'submit' | 'saving', string>
}) {
  const { texts } = props
  const [state, submit] = useActionState(props.action, FRESH_FORM)
  return (
    <form key={JSON.stringify(state.values)} action={submit} noValidate className="flex max-w-3xl flex-col gap-5">
      <TextareaField
        name="text"
        label={texts.text}
        hint={texts.hint}
        error={state.errors.text}
        defaultValue={state.values.text ?? ''}
        rows={16}
        mono
        spellCheck={false}
      />
      <FormResult result={state.result} />
      <div>
        <SubmitButton pendingLabel={texts.saving}>{texts.submit}</SubmitButton>
      </div>
    </form>
  )
}
