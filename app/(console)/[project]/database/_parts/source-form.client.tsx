'use client'

import { useActionState } from 'react'
import { CheckboxField } from '@/app/_components/ui/checkbox-field.tsx'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import type { DatabaseKind } from '@/lib/domain/database/source.ts'
import type { SourceFormTexts } from './source-form-texts.ts'

export interface SourceFormProps {
  action: (before: FormState, form: FormData) => Promise<FormState>
  kind: DatabaseKind
  /** What the database is now; empty texts for a new one. */
  values: { name: string; projectRef: string; storageLimitGb: string; enabled: boolean }
  hasMetricsKey: boolean
  isNew: boolean
  texts: SourceFormTexts
}

/** Name, how to reach it, how much room it has. Secrets can be set and removed, and never come back. */
export function SourceForm({ action, kind, values, hasMetricsKey, isNew, texts }: SourceFormProps) {
  const [state, submit] = useActionState(action, FRESH_FORM)
  const shown = { ...values, ...state.values }
  const field = (name: 'name' | 'projectRef' | 'storageLimitGb') => ({
    name,
    defaultValue: shown[name],
    error: state.errors[name],
  })
  return (
    // Made anew after each answer: what was typed comes back as the default of its field.
    <form key={JSON.stringify(state.values)} action={submit} noValidate className="flex max-w-xl flex-col gap-5">
      <FormResult result={state.result} />
      <input type="hidden" name="kind" value={kind} />
      <TextField {...field('name')} label={texts.name} hint={texts.nameHint} maxLength={120} autoFocus={isNew} />
      {kind !== 'own' && (
        <TextField
          name="connection"
          type="password"
          autoComplete="off"
          label={texts.connection}
          hint={texts.connectionHint}
          error={state.errors.connection}
        />
      )}
      {kind !== 'postgres' && (
        <>
          <TextField
            {...field('projectRef')}
            label={texts.projectRef}
            hint={texts.projectRefHint}
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono"
          />
          <TextField
            name="metricsKey"
            type="password"
            autoComplete="off"
            label={texts.metricsKey}
            hint={hasMetricsKey ? texts.metricsKeySet : texts.metricsKeyHint}
            placeholder={hasMetricsKey ? '••••••••••••' : ''}
            error={state.errors.metricsKey}
          />
          {hasMetricsKey && <CheckboxField name="clearMetricsKey" label={texts.clearMetricsKey} />}
        </>
      )}
      <TextField
        {...field('storageLimitGb')}
        label={texts.storageLimitGb}
        hint={texts.storageLimitHint}
        inputMode="decimal"
        suffix={texts.gigabytes}
      />
      {!isNew && <CheckboxField name="enabled" label={texts.enabled} defaultChecked={values.enabled} />}
      <div>
        <SubmitButton pendingLabel={texts.saving}>{isNew ? texts.create : texts.save}</SubmitButton>
      </div>
    </form>
  )
}
