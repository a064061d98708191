'use client'

import { useActionState } from 'react'
import { CheckboxField } from '@/app/_components/ui/checkbox-field.tsx'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SelectField } from '@/app/_components/ui/select-field.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'
import type { MaintenanceFormTexts } from './maintenance-form-texts.ts'
import type { MaintenanceValues } from './read-maintenance.ts'

type FieldOf = (name: keyof MaintenanceValues) => { name: string; defaultValue: string; error: string | undefined }

/** What is done, when on the clocks of a zone, how often, and for what. */
export function MaintenanceForm(props: {
  action: (before: FormState, form: FormData) => Promise<FormState>
  values: MaintenanceValues
  isNew: boolean
  texts: MaintenanceFormTexts
}) {
  const { texts, isNew } = props
  const [state, submit] = useActionState(props.action, FRESH_FORM)
  // A box that was cleared is not among what was typed.
  const typed = Object.keys(state.values).length === 0 ? {} : { announced: '', ...state.values }
  const shown = { ...props.values, ...typed }
  const field: FieldOf = (name) => ({ name, defaultValue: shown[name], error: state.errors[name] })
  return (
    // Made anew after each answer: what was typed comes back as the default of its field.
    <form key={JSON.stringify(state.values)} action={submit} noValidate className="flex max-w-xl flex-col gap-5">
      <TextField {...field('name')} label={texts.name} hint={texts.nameHint} maxLength={120} />
      <TextareaField {...field('description')} label={texts.description} hint={texts.descriptionHint} rows={2} />
      <Times texts={texts} field={field} />
      <div className="grid items-end gap-4 sm:grid-cols-2">
        <SelectField {...field('repeat')} label={texts.repeat} options={texts.repeats} />
        <TextField
          {...field('recurrence')}
          label={texts.recurrence}
          hint={texts.recurrenceHint}
          className="font-mono sm:text-sm"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="FREQ=MONTHLY;BYDAY=2TU"
        />
      </div>
      <SelectField {...field('scope')} label={texts.scope} options={texts.scopes} />
      <div className="grid items-end gap-4 sm:grid-cols-2">
        <TextField {...field('tags')} label={texts.tags} hint={texts.tagsHint} autoCapitalize="none" />
        <TextField
          {...field('keys')}
          label={texts.keys}
          hint={texts.keysHint}
          autoCapitalize="none"
          spellCheck={false}
        />
      </div>
      <CheckboxField
        name="announced"
        label={texts.announced}
        hint={texts.announcedHint}
        defaultChecked={shown.announced === 'on'}
      />
      <FormResult result={state.result} />
      <div>
        <SubmitButton pendingLabel={texts.saving}>{isNew ? texts.create : texts.save}</SubmitButton>
      </div>
    </form>
  )
}

function Times({ texts, field }: { texts: MaintenanceFormTexts; field: FieldOf }) {
  return (
    <>
      <div className="grid items-end gap-4 sm:grid-cols-3">
        <TextField {...field('startDate')} type="date" label={texts.startDate} />
        <TextField {...field('startTime')} type="time" label={texts.startTime} />
        <TextField {...field('duration')} label={texts.duration} inputMode="numeric" suffix="min" />
      </div>
      <TextField {...field('timeZone')} label={texts.timeZone} autoCapitalize="none" spellCheck={false} />
    </>
  )
}
