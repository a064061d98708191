'use client'

import { useActionState } from 'react'
import { FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SelectField } from '@/app/_components/ui/select-field.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { addMember } from '../actions.ts'

/** Adds a person who has an account. */
export function MemberForm(props: {
  slug: string
  roles: { value: string; label: string }[]
  texts: { email: string; role: string; add: string; adding: string }
}) {
  const { texts } = props
  const [state, action] = useActionState(addMember.bind(null, props.slug), FRESH_FORM)
  return (
    <form key={JSON.stringify(state.values)} action={action} noValidate className="flex max-w-xl flex-col gap-4">
      <FormResult result={state.result} />
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
        <TextField
          name="email"
          type="email"
          inputMode="email"
          autoCapitalize="none"
          autoComplete="off"
          label={texts.email}
          defaultValue={state.values.email ?? ''}
          error={state.errors.email}
        />
        <SelectField
          name="role"
          label={texts.role}
          defaultValue={state.values.role ?? 'responder'}
          options={props.roles}
          error={state.errors.role}
        />
      </div>
      <div>
        <SubmitButton variant="secondary" pendingLabel={texts.adding}>
          {texts.add}
        </SubmitButton>
      </div>
    </form>
  )
}
