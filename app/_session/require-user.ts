import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { PATH_HEADER } from './path-header.ts'
import { createSessionClient } from './server-client.ts'
import { classifySignInError } from './sign-in-error.ts'
import { withDeadline } from './with-deadline.ts'

export interface SignedInUser {
  id: string
  email: string
}

/**
 * Who asks, verified: the token's signature against the project's keys, or by asking the auth service where it is symmetric.
 * Null for nobody; throws when the service does not answer. One verification per request, however many parts of a page ask.
 */
export const findUser = cache(async (): Promise<SignedInUser | null> => {
  const client = await createSessionClient()
  const { data, error } = await withDeadline(client.auth.getClaims())
  // Not the same as nobody: sending a signed-in person to the sign-in page would blame them for an outage.
  if (error && classifySignInError(error) === 'unreachable')
    throw new Error('the auth service does not answer', { cause: error })
  if (!data?.claims.sub) return null
  return { id: data.claims.sub, email: data.claims.email ?? '' }
})

/** The person who asks, or on to the sign-in page, which leads back here afterwards. */
export async function requireUser(): Promise<SignedInUser> {
  const user = await findUser()
  if (user) return user
  const path = (await headers()).get(PATH_HEADER)
  redirect(path ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in')
}
