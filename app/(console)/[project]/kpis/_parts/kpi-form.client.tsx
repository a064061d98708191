'use client'

import { useActionState, useState } from 'react'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'
import type { KpiFormTexts } from './kpi-form-texts.ts'

export type KpiFormValues = Record<
  'name' | 'key' | 'unit' | 'query' | 'schedule' | 'timeZone' | 'lowerLimit' | 'upperLimit',
  string
>

export interface KpiFormProps {
  action: (before: FormState, form: FormData) => Promise<FormState>
  kind: 'sql' | 'pushed'
  values: KpiFormValues
  hasConnection: boolean
  isNew: boolean
  texts: KpiFormTexts
}

type FieldOf = (name: keyof KpiFormValues) => { name: string; defaultValue: string; error: string | undefined }

/** What is asked, where, when, and what is worth a look. "Run now" runs what stands in the form, and stores nothing. */
export function KpiForm({ action, kind, values, hasConnection, isNew, texts }: KpiFormProps) {
  const [state, submit] = useActionState(action, FRESH_FORM)
  // Kept here: what was typed must survive a run, and a secret does not come back from the server.
  const [database, setDatabase] = useState('')
  const shown = { ...values, ...state.values }
  const field: FieldOf = (name) => ({ name, defaultValue: shown[name], error: state.errors[name] })
  return (
    // Made anew after each answer: what was typed comes back as the default of its field.
    <form key={JSON.stringify(state.values)} action={submit} noValidate className="flex max-w-xl flex-col gap-5">
      <input type="hidden" name="kind" value={kind} />
      <TextField {...field('name')} label={texts.name} hint={texts.nameHint} maxLength={120} />
      {kind === 'sql' && (
        <>
          <TextareaField
            {...field('query')}
            label={texts.query}
            hint={texts.queryHint}
            rows={6}
            mono
            spellCheck={false}
          />
          <TextField
            name="database"
            type="password"
            autoComplete="off"
            value={database}
            onChange={(event) => setDatabase(event.currentTarget.value)}
            label={texts.database}
            hint={hasConnection ? texts.databaseSet : texts.databaseHint}
            placeholder={hasConnection ? '••••••••••••' : 'postgres://vigie_reader:…@db.example.com/postgres'}
            error={state.errors.database}
          />
          <Schedule texts={texts} field={field} />
        </>
      )}
      <TextField {...field('unit')} label={texts.unit} hint={texts.unitHint} maxLength={63} />
      <Limits texts={texts} field={field} />
      <TextField
        {...field('key')}
        label={texts.key}
        hint={isNew ? texts.keyHintNew : texts.keyHint}
        className="font-mono"
        autoCapitalize="none"
        spellCheck={false}
      />
      <FormResult result={state.result} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="intent" value="save" pendingLabel={texts.saving}>
          {isNew ? texts.create : texts.save}
        </SubmitButton>
        {kind === 'sql' && (
          <SubmitButton name="intent" value="run" variant="secondary" pendingLabel={texts.running}>
            {texts.run}
          </SubmitButton>
        )}
      </div>
    </form>
  )
}

function Schedule({ texts, field }: { texts: KpiFormTexts; field: FieldOf }) {
  return (
    <div className="grid items-end gap-4 sm:grid-cols-2">
      <TextField
        {...field('schedule')}
        label={texts.schedule}
        hint={texts.scheduleHint}
        className="font-mono"
        spellCheck={false}
      />
      <TextField {...field('timeZone')} label={texts.timeZone} autoCapitalize="none" spellCheck={false} />
    </div>
  )
}

function Limits({ texts, field }: { texts: KpiFormTexts; field: FieldOf }) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-sm text-ink-muted">{texts.limits}</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField {...field('lowerLimit')} label={texts.lowerLimit} inputMode="decimal" />
        <TextField {...field('upperLimit')} label={texts.upperLimit} inputMode="decimal" />
      </div>
    </fieldset>
  )
}
