'use client'

import { useActionState } from 'react'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SelectField } from '@/app/_components/ui/select-field.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'
import type { ProjectFormTexts } from './project-form-texts.ts'

interface ProjectValues {
  name: string
  slug: string
  timeZone: string
  locale: string
  reportRecipients: string
}

/** Name, zone, language and, for a project that exists, who gets the weekly report. */
export function ProjectForm(props: {
  action: (before: FormState, form: FormData) => Promise<FormState>
  values: ProjectValues
  isNew: boolean
  texts: ProjectFormTexts
}) {
  const { values, isNew, texts } = props
  const [state, submit] = useActionState(props.action, FRESH_FORM)
  const shown = { ...values, ...state.values }
  const field = (name: keyof ProjectValues) => ({ name, defaultValue: shown[name], error: state.errors[name] })
  return (
    <form key={JSON.stringify(state.values)} action={submit} noValidate className="flex max-w-xl flex-col gap-5">
      <FormResult result={state.result} />
      <TextField {...field('name')} label={texts.name} maxLength={120} />
      {isNew && (
        <TextField
          {...field('slug')}
          label={texts.slug}
          hint={texts.slugHint}
          className="font-mono"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
      <SelectField {...field('timeZone')} label={texts.timeZone} hint={texts.timeZoneHint} options={texts.timeZones} />
      <SelectField {...field('locale')} label={texts.locale} hint={texts.localeHint} options={texts.locales} />
      {!isNew && (
        <TextareaField
          {...field('reportRecipients')}
          label={texts.reportRecipients}
          hint={texts.reportRecipientsHint}
          rows={3}
          placeholder="ceo@example.com"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="email"
        />
      )}
      <div>
        <SubmitButton pendingLabel={isNew ? texts.creating : texts.saving}>
          {isNew ? texts.create : texts.save}
        </SubmitButton>
      </div>
    </form>
  )
}
