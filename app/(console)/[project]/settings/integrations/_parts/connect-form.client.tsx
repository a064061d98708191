'use client'

import { useActionState } from 'react'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SelectField } from '@/app/_components/ui/select-field.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { connect } from '../actions.ts'
import { NOTHING_MADE } from './connect-state.ts'
import { MadeNotice, type MadeTexts } from './made-notice.tsx'

/** Makes a connection and shows its address. */
export function ConnectForm(props: {
  slug: string
  kinds: { value: string; label: string }[]
  texts: Record<'kind' | 'name' | 'nameHint' | 'connect' | 'connecting', string>
  made: MadeTexts
}) {
  const { texts } = props
  const [state, action] = useActionState(connect.bind(null, props.slug), NOTHING_MADE)
  return (
    <div className="flex max-w-xl flex-col gap-4">
      <div role="status" className="empty:hidden">
        <MadeNotice made={state.made} texts={props.made} isNew />
      </div>
      <form key={JSON.stringify(state.values)} action={action} noValidate className="flex flex-col gap-4">
        <FormResult result={state.result} />
        <SelectField
          name="kind"
          label={texts.kind}
          options={props.kinds}
          defaultValue={state.values.kind ?? props.kinds[0]?.value}
          error={state.errors.kind}
        />
        <TextField
          name="name"
          label={texts.name}
          hint={texts.nameHint}
          maxLength={120}
          defaultValue={state.values.name ?? ''}
          error={state.errors.name}
        />
        <div>
          <SubmitButton pendingLabel={texts.connecting}>{texts.connect}</SubmitButton>
        </div>
      </form>
    </div>
  )
}
