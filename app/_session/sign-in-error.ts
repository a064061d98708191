/** Why signing in failed, as the key of the sentence that says what to do (`auth.errors`). */
export type SignInError = 'credentials' | 'unconfirmed' | 'rateLimited' | 'unreachable'

/**
 * Sorts what the auth service answered. A 4xx that is not known is taken for wrong credentials: it says the least about who
 * has an account. No status at all means that no answer came.
 */
export function classifySignInError(error: { status?: number | undefined; code?: string | undefined }): SignInError {
  if (error.code === 'email_not_confirmed') return 'unconfirmed'
  if (error.status === 429 || error.code === 'over_request_rate_limit') return 'rateLimited'
  if (!error.status || error.status >= 500) return 'unreachable'
  return 'credentials'
}
