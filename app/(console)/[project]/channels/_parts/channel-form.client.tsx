'use client'

import { useActionState } from 'react'
import { CheckboxField } from '@/app/_components/ui/checkbox-field.tsx'
import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SelectField } from '@/app/_components/ui/select-field.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'
import type { ChannelKind } from '@/lib/domain/notification/channel.ts'
import type { ChannelFormTexts } from './channel-form-texts.ts'

export interface ChannelFormProps {
  action: (before: FormState, form: FormData) => Promise<FormState>
  kind: ChannelKind
  /** What the channel is now; empty texts for a new one. */
  values: { name: string; key: string; to: string; url: string; minSeverity: string }
  hasSecret: boolean
  isNew: boolean
  texts: ChannelFormTexts
}

/** One form for every kind: name, where to, from which severity on. Secrets can be set and removed, and never come back. */
export function ChannelForm({ action, kind, values, hasSecret, isNew, texts }: ChannelFormProps) {
  const [state, submit] = useActionState(action, FRESH_FORM)
  const shown = { ...values, ...state.values }
  const field = (name: keyof typeof values) => ({ name, defaultValue: shown[name], error: state.errors[name] })
  return (
    // Made anew after each answer: what was typed comes back as the default of its field.
    <form key={JSON.stringify(state.values)} action={submit} noValidate className="flex max-w-xl flex-col gap-5">
      <FormResult result={state.result} />
      <input type="hidden" name="kind" value={kind} />
      <TextField {...field('name')} label={texts.name} hint={texts.nameHint} maxLength={120} autoFocus={isNew} />
      <Where kind={kind} texts={texts} field={field} />
      {(kind === 'slack' || kind === 'webhook') && (
        <Secret kind={kind} texts={texts} hasSecret={hasSecret} error={state.errors.secret} />
      )}
      <SelectField
        {...field('minSeverity')}
        label={texts.minSeverity}
        hint={texts.minSeverityHint}
        options={texts.severities}
      />
      <TextField
        {...field('key')}
        label={texts.key}
        hint={isNew ? texts.keyHintNew : texts.keyHint}
        className="font-mono"
        autoCapitalize="none"
        spellCheck={false}
      />
      <div>
        <SubmitButton pendingLabel={texts.saving}>{isNew ? texts.create : texts.save}</SubmitButton>
      </div>
    </form>
  )
}

type FieldOf = (name: keyof ChannelFormProps['values']) => {
  name: string
  defaultValue: string
  error: string | undefined
}

function Where({ kind, texts, field }: { kind: ChannelKind; texts: ChannelFormTexts; field: FieldOf }) {
  if (kind === 'slack') return null
  if (kind === 'webhook') {
    return (
      <TextField
        {...field('url')}
        type="url"
        label={texts.url}
        hint={texts.whereHint}
        placeholder="https://example.com/hooks/vigie"
        autoCapitalize="none"
        spellCheck={false}
      />
    )
  }
  return (
    <TextareaField
      {...field('to')}
      label={kind === 'email' ? texts.addresses : texts.numbers}
      hint={texts.whereHint}
      rows={3}
      placeholder={kind === 'email' ? 'ops@example.com' : '+33612345678'}
      autoCapitalize="none"
      spellCheck={false}
      inputMode={kind === 'email' ? 'email' : 'tel'}
    />
  )
}

function Secret(props: {
  kind: 'slack' | 'webhook'
  texts: ChannelFormTexts
  hasSecret: boolean
  error: string | undefined
}) {
  const { kind, texts, hasSecret, error } = props
  return (
    <div className="flex flex-col gap-2">
      <TextField
        name="secret"
        type="password"
        autoComplete="off"
        label={kind === 'slack' ? texts.slackUrl : texts.signingSecret}
        hint={hasSecret ? texts.secretSet : kind === 'slack' ? texts.slackUrlHint : texts.signingSecretHint}
        placeholder={hasSecret ? '••••••••••••' : ''}
        error={error}
      />
      {hasSecret && (
        <CheckboxField name="clearSecret" label={kind === 'slack' ? texts.clearSlackUrl : texts.clearSigningSecret} />
      )}
    </div>
  )
}
