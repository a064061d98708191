'use client'

import { useActionState } from 'react'
import { CheckboxField } from '@/app/_components/ui/checkbox-field.tsx'
import { CopyButton } from '@/app/_components/ui/copy-button.client.tsx'
import { FieldError } from '@/app/_components/ui/field.tsx'
import { FormResult, Notice } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { createKey } from '../actions.ts'
import { NO_KEY } from './key-state.ts'

/** Makes a key and shows it, once. */
export function KeyForm(props: {
  slug: string
  scopes: { value: string; label: string; hint: string }[]
  texts: Record<'name' | 'nameHint' | 'scopes' | 'create' | 'creating' | 'once' | 'copy' | 'copied', string>
}) {
  const { texts, scopes } = props
  const [state, action] = useActionState(createKey.bind(null, props.slug), NO_KEY)
  return (
    <div className="flex max-w-xl flex-col gap-4">
      <div role="status" className="empty:hidden">
        {state.key !== null && (
          <Notice tone="success" title={texts.once}>
            <div className="mt-1 flex flex-wrap items-center gap-2">
              <code className="font-mono text-sm [overflow-wrap:anywhere]">{state.key}</code>
              <CopyButton text={state.key} label={texts.copy} copiedLabel={texts.copied} />
            </div>
          </Notice>
        )}
      </div>
      <form key={JSON.stringify(state.values)} action={action} noValidate className="flex flex-col gap-4">
        <FormResult result={state.result} />
        <TextField
          name="name"
          label={texts.name}
          hint={texts.nameHint}
          maxLength={120}
          defaultValue={state.values.name ?? ''}
          error={state.errors.name}
        />
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 text-sm font-medium">{texts.scopes}</legend>
          {scopes.map(({ value, label, hint }) => (
            <CheckboxField
              key={value}
              name="scopes"
              idPrefix={`scope-${value}`}
              value={value}
              label={label}
              hint={hint}
              defaultChecked={value === 'read'}
            />
          ))}
          <FieldError id="scopes-error" error={state.errors.scopes} />
        </fieldset>
        <div>
          <SubmitButton variant="secondary" pendingLabel={texts.creating}>
            {texts.create}
          </SubmitButton>
        </div>
      </form>
    </div>
  )
}
