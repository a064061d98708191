'use server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { safeNextPath } from './safe-next.ts'
import { createSessionClient } from './server-client.ts'
import { classifySignInError, type SignInError } from './sign-in-error.ts'

/** What a sign-in form shows after it was sent. The password is never handed back. */
export interface SignInState {
  email: string
  fieldErrors: { email?: 'emailInvalid'; password?: 'passwordMissing' }
  error: SignInError | null
  /** The magic link was asked for; says nothing about whether the address has an account. */
  linkRequested: boolean
}

const address = z.email().max(320)

function stateOf(email: string, part: Partial<SignInState>): SignInState {
  return { email, fieldErrors: {}, error: null, linkRequested: false, ...part }
}

/** Both forms of the sign-in page: `intent` tells which button was pressed, so that the page works without JavaScript. */
export async function signIn(_before: SignInState, form: FormData): Promise<SignInState> {
  const email = String(form.get('email') ?? '').trim()
  const next = safeNextPath(form.get('next'))
  if (!address.safeParse(email).success) return stateOf(email, { fieldErrors: { email: 'emailInvalid' } })
  return form.get('intent') === 'link'
    ? requestLink(email, next)
    : withPassword(email, String(form.get('password') ?? ''), next)
}

async function withPassword(email: string, password: string, next: string): Promise<SignInState> {
  if (password === '') return stateOf(email, { fieldErrors: { password: 'passwordMissing' } })
  const client = await createSessionClient()
  const { error } = await client.auth.signInWithPassword({ email, password })
  if (error) return stateOf(email, { error: classifySignInError(error) })
  redirect(next)
}

async function requestLink(email: string, next: string): Promise<SignInState> {
  const client = await createSessionClient()
  const { error } = await client.auth.signInWithOtp({
    email,
    options: {
      shouldCreateUser: false,
      emailRedirectTo: `${await origin()}/auth/confirm?next=${encodeURIComponent(next)}`,
    },
  })
  // Refusals are answered like success, the mail's own rate limit too: it is counted only for addresses that exist.
  const failure = error ? classifySignInError(error) : null
  if (failure === 'unreachable') return stateOf(email, { error: failure })
  if (error?.code === 'over_request_rate_limit') return stateOf(email, { error: 'rateLimited' })
  return stateOf(email, { linkRequested: true })
}

/** Ends this session on this device; other devices stay signed in. */
export async function signOut(): Promise<never> {
  const client = await createSessionClient()
  await client.auth.signOut({ scope: 'local' })
  redirect('/sign-in?signed-out=1')
}

/** The address under which the person sees this site. The auth service checks it against its own list before it mails it. */
async function origin(): Promise<string> {
  const head = await headers()
  const host = head.get('x-forwarded-host') ?? head.get('host') ?? 'localhost:3000'
  const protocol = head.get('x-forwarded-proto')?.split(',')[0] ?? 'http'
  return `${protocol}://${host}`
}
