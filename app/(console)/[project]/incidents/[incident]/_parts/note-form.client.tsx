'use client'

import { useActionState } from 'react'
import { FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'
import { addNote } from '../actions.ts'

/** Adds what one found or did. Emptied once it is in the timeline; kept as typed when it was refused. */
export function NoteForm(props: {
  slug: string
  incidentId: string
  texts: { label: string; hint: string; add: string; adding: string }
}) {
  const [state, action] = useActionState(addNote.bind(null, props.slug, props.incidentId), FRESH_FORM)
  const { texts } = props
  return (
    <form action={action} className="flex flex-col items-start gap-2 border-t border-line pt-3">
      <div className="w-full">
        <TextareaField
          key={state.values.note ?? ''}
          name="note"
          label={texts.label}
          hint={texts.hint}
          rows={2}
          maxLength={4_000}
          defaultValue={state.values.note ?? ''}
          error={state.errors.note ?? (state.result?.tone === 'error' ? state.result.message : null)}
        />
      </div>
      <SubmitButton variant="secondary" pendingLabel={texts.adding}>
        {texts.add}
      </SubmitButton>
    </form>
  )
}
