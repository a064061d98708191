import { findUser } from '@/app/_session/require-user.ts'
import { createSessionClient } from '@/app/_session/server-client.ts'
import { isAdminAnywhere } from '@/lib/queries/api/is-admin-anywhere.ts'
import { wireOwnRoles } from '@/lib/wiring/api.ts'

/**
 * `/api/_boom` raises an error on purpose, so that an admin can see whether errors arrive in Sentry. For everybody else it does not
 * exist. `%5F` is how Next spells a path that begins with `_`.
 */
export async function GET(): Promise<Response> {
  const user = await findUser()
  const isAdmin = user !== null && (await isAdminAnywhere(wireOwnRoles(await createSessionClient()), user.id))
  if (!isAdmin) return new Response('not found', { status: 404 })
  throw new Error('This error was raised on purpose at /api/_boom.')
}
