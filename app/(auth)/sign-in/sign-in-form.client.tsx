'use client'
import { useActionState } from 'react'
import { FormResult } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { type SignInState, signIn } from '@/app/_session/actions.ts'

export interface SignInTexts {
  email: string
  password: string
  signIn: string
  signingIn: string
  or: string
  sendLink: string
  sending: string
  linkHint: string
  /** Holds `{email}`. */
  linkSent: string
  /** `rateLimited` holds `{minutes}`. */
  errors: Record<'emailInvalid' | 'passwordMissing' | NonNullable<SignInState['error']>, string>
}

const START: SignInState = { email: '', fieldErrors: {}, error: null, waitMinutes: 1, linkRequested: false }

/** One form, two buttons: the password, or a link by mail. Works the same before any script has loaded. */
export function SignInForm({ next, texts }: { next: string; texts: SignInTexts }) {
  const [state, action] = useActionState(signIn, START)
  const { fieldErrors, error } = state
  return (
    <form action={action} noValidate className="flex flex-col gap-4">
      <FormResult result={resultOf(state, texts)} />
      <input type="hidden" name="next" value={next} />
      <TextField
        key={`email ${state.email}`}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        label={texts.email}
        defaultValue={state.email}
        error={fieldErrors.email && texts.errors[fieldErrors.email]}
        autoFocus={!error}
      />
      <TextField
        name="password"
        type="password"
        autoComplete="current-password"
        label={texts.password}
        error={fieldErrors.password && texts.errors[fieldErrors.password]}
      />
      <SubmitButton name="intent" value="password" pendingLabel={texts.signingIn} className="h-10 sm:h-9">
        {texts.signIn}
      </SubmitButton>
      <div className="flex items-center gap-3 text-sm text-ink-faint">
        <span className="h-px flex-1 bg-line" />
        {texts.or}
        <span className="h-px flex-1 bg-line" />
      </div>
      <SubmitButton variant="secondary" name="intent" value="link" pendingLabel={texts.sending} className="h-10 sm:h-9">
        {texts.sendLink}
      </SubmitButton>
      <p className="-mt-2 text-sm text-ink-muted">{texts.linkHint}</p>
    </form>
  )
}

function resultOf(state: SignInState, texts: SignInTexts): { tone: 'error' | 'success'; message: string } | null {
  if (state.error)
    return { tone: 'error', message: texts.errors[state.error].replace('{minutes}', String(state.waitMinutes)) }
  if (state.linkRequested) return { tone: 'success', message: texts.linkSent.replace('{email}', state.email) }
  return null
}
