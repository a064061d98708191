'use server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { RateLimiter } from '@/lib/ports/rate-limiter.ts'
import { wireSignIn } from '@/lib/wiring/people.ts'
import { safeNextPath } from './safe-next.ts'
import { createSessionClient } from './server-client.ts'
import { classifySignInError, type SignInError } from './sign-in-error.ts'
import { countAttempt, forgetAttempt, signInCounts } from './sign-in-limits.ts'

/** What a sign-in form shows after it was sent. The password is never handed back. */
export interface SignInState {
  email: string
  fieldErrors: { email?: 'emailInvalid'; password?: 'passwordMissing' }
  error: SignInError | null
  /** With the error `rateLimited`: how long to wait. */
  waitMinutes: number
  /** The magic link was asked for; says nothing about whether the address has an account. */
  linkRequested: boolean
}

const address = z.email().max(320)

function stateOf(email: string, part: Partial<SignInState>): SignInState {
  return { email, fieldErrors: {}, error: null, waitMinutes: 1, linkRequested: false, ...part }
}

/** Both forms of the sign-in page: `intent` tells which button was pressed, so that the page works without JavaScript. */
export async function signIn(_before: SignInState, form: FormData): Promise<SignInState> {
  const email = String(form.get('email') ?? '').trim()
  const next = safeNextPath(form.get('next'))
  if (!address.safeParse(email).success) return stateOf(email, { fieldErrors: { email: 'emailInvalid' } })
  const intent = form.get('intent') === 'link' ? 'link' : 'password'
  const password = String(form.get('password') ?? '')
  if (intent === 'password' && password === '') return stateOf(email, { fieldErrors: { password: 'passwordMissing' } })
  const limiter = wireSignIn()
  const counts = signInCounts(intent, email, await place())
  const waitSeconds = await countAttempt(limiter, counts).catch(() => 'unreachable' as const)
  if (waitSeconds === 'unreachable') return stateOf(email, { error: 'unreachable' })
  if (waitSeconds !== null) {
    return stateOf(email, { error: 'rateLimited', waitMinutes: Math.ceil(waitSeconds / 60) })
  }
  return intent === 'link' ? requestLink(email, next) : withPassword(email, password, next, { limiter, counts })
}

async function withPassword(
  email: string,
  password: string,
  next: string,
  { limiter, counts }: { limiter: RateLimiter; counts: ReturnType<typeof signInCounts> },
): Promise<SignInState> {
  const client = await createSessionClient()
  const { error } = await client.auth.signInWithPassword({ email, password })
  if (error) return stateOf(email, { error: classifySignInError(error) })
  await forgetAttempt(limiter, counts).catch(() => undefined)
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

/** Where the request comes from, as the platform says and not as the request itself does. */
async function place(): Promise<string> {
  const head = await headers()
  return head.get('x-real-ip') ?? head.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown'
}

/** The address under which the person sees this site. The auth service checks it against its own list before it mails it. */
async function origin(): Promise<string> {
  const head = await headers()
  const host = head.get('x-forwarded-host') ?? head.get('host') ?? 'localhost:3000'
  const protocol = head.get('x-forwarded-proto')?.split(',')[0] ?? 'http'
  return `${protocol}://${host}`
}
