'use client'

import { useActionState } from 'react'
import { FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'
import { saveOrigins } from '../actions.ts'

/** From which origins pages may send. */
export function OriginsForm(props: {
  slug: string
  origins: string
  texts: { label: string; hint: string; save: string; saving: string }
}) {
  const { texts } = props
  const [state, action] = useActionState(saveOrigins.bind(null, props.slug), FRESH_FORM)
  return (
    <form key={JSON.stringify(state.values)} action={action} noValidate className="flex max-w-xl flex-col gap-4">
      <FormResult result={state.result} />
      <TextareaField
        name="allowedOrigins"
        label={texts.label}
        hint={texts.hint}
        defaultValue={state.values.allowedOrigins ?? props.origins}
        error={state.errors.allowedOrigins}
        rows={2}
        placeholder="https://shop.example.com"
        autoCapitalize="none"
        spellCheck={false}
      />
      <div>
        <SubmitButton variant="secondary" pendingLabel={texts.saving}>
          {texts.save}
        </SubmitButton>
      </div>
    </form>
  )
}
