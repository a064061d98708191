'use client'

import { useActionState } from 'react'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SelectField } from '@/app/_components/ui/select-field.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'
import type { SilenceFormTexts } from './silence-form-texts.ts'

/** Which alerts, from when, how long, and why. */
export function SilenceForm(props: {
  action: (before: FormState, form: FormData) => Promise<FormState>
  matchers: string
  minutes: string
  lengths: readonly { value: string; label: string }[]
  texts: SilenceFormTexts
}) {
  const { texts } = props
  const [state, submit] = useActionState(props.action, FRESH_FORM)
  const values = { matchers: props.matchers, minutes: props.minutes, startsAt: '', comment: '', ...state.values }
  return (
    // Made anew after each answer: what was typed comes back as the default of its field.
    <form key={JSON.stringify(state.values)} action={submit} noValidate className="flex max-w-xl flex-col gap-5">
      <TextareaField
        name="matchers"
        label={texts.matchers}
        hint={texts.matchersHint}
        defaultValue={values.matchers}
        error={state.errors.matchers}
        rows={3}
        mono
        spellCheck={false}
        autoCapitalize="none"
      />
      <div className="grid items-end gap-4 sm:grid-cols-2">
        <TextField
          name="startsAt"
          type="datetime-local"
          label={texts.startsAt}
          hint={texts.startsAtHint}
          defaultValue={values.startsAt}
          error={state.errors.startsAt}
        />
        <SelectField
          name="minutes"
          label={texts.minutes}
          defaultValue={values.minutes}
          options={props.lengths}
          error={state.errors.endsAt}
        />
      </div>
      <TextField
        name="comment"
        label={texts.comment}
        hint={texts.commentHint}
        defaultValue={values.comment}
        error={state.errors.comment}
        maxLength={500}
      />
      <FormResult result={state.result} />
      <div>
        <SubmitButton pendingLabel={texts.creating}>{texts.create}</SubmitButton>
      </div>
    </form>
  )
}
