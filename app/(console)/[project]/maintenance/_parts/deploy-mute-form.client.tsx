'use client'

import { useActionState } from 'react'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'

/** How long a deployment keeps alerts quiet, and how long it is suspect. */
export function DeployMuteForm(props: {
  action: (before: FormState, form: FormData) => Promise<FormState>
  values: { muteSeconds: string; soakMinutes: string }
  texts: Record<'muteSeconds' | 'muteSecondsHint' | 'soakMinutes' | 'soakMinutesHint' | 'save' | 'saving', string>
}) {
  const { texts } = props
  const [state, submit] = useActionState(props.action, FRESH_FORM)
  const values = { ...props.values, ...state.values }
  return (
    <form key={JSON.stringify(state.values)} action={submit} noValidate className="flex max-w-xl flex-col gap-4">
      <div className="grid items-end gap-4 sm:grid-cols-2">
        <TextField
          name="muteSeconds"
          label={texts.muteSeconds}
          hint={texts.muteSecondsHint}
          defaultValue={values.muteSeconds}
          error={state.errors.muteSeconds}
          inputMode="numeric"
          suffix="s"
        />
        <TextField
          name="soakMinutes"
          label={texts.soakMinutes}
          hint={texts.soakMinutesHint}
          defaultValue={values.soakMinutes}
          error={state.errors.soakMinutes}
          inputMode="numeric"
          suffix="min"
        />
      </div>
      <FormResult result={state.result} />
      <div>
        <SubmitButton variant="secondary" pendingLabel={texts.saving}>
          {texts.save}
        </SubmitButton>
      </div>
    </form>
  )
}
