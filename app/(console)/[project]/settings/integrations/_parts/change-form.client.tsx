'use client'

import { useActionState } from 'react'
import { CheckboxField } from '@/app/_components/ui/checkbox-field.tsx'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import type { IntegrationKind } from '@/lib/domain/deployment/integration.ts'
import { change } from '../actions.ts'
import { NOTHING_MADE } from './connect-state.ts'
import { MadeNotice, type MadeTexts } from './made-notice.tsx'

export type ChangeTexts = Record<
  | 'name'
  | 'enabled'
  | 'enabledHint'
  | 'secret'
  | 'secretHint'
  | 'renew'
  | 'renewHint'
  | 'organization'
  | 'organizationHint'
  | 'project'
  | 'projectHint'
  | 'token'
  | 'tokenHint'
  | 'clearToken'
  | 'save'
  | 'saving',
  string
>

interface Props {
  slug: string
  integration: {
    id: string
    kind: IntegrationKind
    name: string
    enabled: boolean
    organization: string
    project: string
    hasToken: boolean
    hasSecret: boolean
    /** We made its secret, and make another one when it got lost. */
    isSecretOurs: boolean
  }
  texts: ChangeTexts
  made: MadeTexts
}

/** Name, switch and secrets of a connection. Secrets can be set, and never come back. */
export function ChangeForm({ slug, integration, texts, made }: Props) {
  const { id, kind, isSecretOurs } = integration
  const [state, action] = useActionState(change.bind(null, slug, id), NOTHING_MADE)
  const text = (name: 'name' | 'organization' | 'project') => ({
    name,
    defaultValue: state.values[name] ?? integration[name],
    error: state.errors[name],
  })
  return (
    <div className="flex max-w-xl flex-col gap-4">
      <form key={JSON.stringify(state.values)} action={action} noValidate className="flex flex-col gap-5">
        <FormResult result={state.result} />
        <div role="status" className="empty:hidden">
          <MadeNotice made={state.made} texts={made} isNew={false} />
        </div>
        <input type="hidden" name="kind" value={kind} />
        <TextField {...text('name')} label={texts.name} maxLength={120} />
        {isSecretOurs ? (
          <CheckboxField name="renew" label={texts.renew} hint={texts.renewHint} />
        ) : (
          <Secret name="secret" isSet={integration.hasSecret} error={state.errors.secret} texts={texts} />
        )}
        {kind === 'sentry' && (
          <>
            <TextField {...text('organization')} label={texts.organization} hint={texts.organizationHint} />
            <TextField {...text('project')} label={texts.project} hint={texts.projectHint} />
            <Secret name="token" isSet={integration.hasToken} error={state.errors.token} texts={texts} />
            {integration.hasToken && <CheckboxField name="clearToken" label={texts.clearToken} />}
          </>
        )}
        <CheckboxField
          name="enabled"
          label={texts.enabled}
          hint={texts.enabledHint}
          defaultChecked={integration.enabled}
        />
        <div>
          <SubmitButton pendingLabel={texts.saving}>{texts.save}</SubmitButton>
        </div>
      </form>
    </div>
  )
}

function Secret(props: {
  name: 'secret' | 'token'
  isSet: boolean
  error: string | undefined
  texts: Pick<ChangeTexts, 'secret' | 'secretHint' | 'token' | 'tokenHint'>
}) {
  const { name, isSet, error, texts } = props
  return (
    <TextField
      name={name}
      type="password"
      autoComplete="off"
      label={texts[name]}
      hint={texts[`${name}Hint`]}
      placeholder={isSet ? '••••••••••••' : ''}
      error={error}
    />
  )
}
