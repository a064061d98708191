'use client'

import { useActionState } from 'react'
import { CheckboxField } from '@/app/_components/ui/checkbox-field.tsx'
import { FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { save } from '../actions.ts'

/** The code that Vercel shows, and the secret that it signs with. The secret can be set and removed, and never comes back. */
export function DrainForm(props: {
  slug: string
  verifyToken: string
  hasSecret: boolean
  texts: Record<
    'verifyToken' | 'verifyTokenHint' | 'secret' | 'secretHint' | 'secretSet' | 'clearSecret' | 'save' | 'saving',
    string
  >
}) {
  const { texts, hasSecret } = props
  const [state, action] = useActionState(save.bind(null, props.slug), FRESH_FORM)
  return (
    <form key={JSON.stringify(state.values)} action={action} noValidate className="flex max-w-xl flex-col gap-5">
      <FormResult result={state.result} />
      <TextField
        name="verifyToken"
        label={texts.verifyToken}
        hint={texts.verifyTokenHint}
        defaultValue={state.values.verifyToken ?? props.verifyToken}
        error={state.errors.verifyToken}
        className="font-mono"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
      />
      <div className="flex flex-col gap-2">
        <TextField
          name="secret"
          type="password"
          autoComplete="off"
          label={texts.secret}
          hint={hasSecret ? texts.secretSet : texts.secretHint}
          placeholder={hasSecret ? '••••••••••••' : ''}
          error={state.errors.secret}
        />
        {hasSecret && <CheckboxField name="clearSecret" label={texts.clearSecret} />}
      </div>
      <div>
        <SubmitButton pendingLabel={texts.saving}>{texts.save}</SubmitButton>
      </div>
    </form>
  )
}
