import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'

type Role = 'viewer' | 'responder' | 'admin' | 'owner'

/**
 * Another account with the admin's password: the auth service keeps its hash beside the address.
 * `role` makes it a member of the project; null leaves it outside.
 */
export async function createAccount(
  sql: postgres.Sql,
  options: { email: string; adminEmail: string; role: Role | null; projectSlug: string },
): Promise<void> {
  const { email, adminEmail, role, projectSlug } = options
  const id = randomUUID()
  await sql`
    insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
      created_at, updated_at)
    select ${id}::uuid, aud, role, ${email}::text, encrypted_password, now(), raw_app_meta_data, '{}', now(), now()
    from auth.users where email = ${adminEmail}`
  if (role === null) return
  await sql`
    insert into public.memberships (project_id, user_id, role, email)
    select id, ${id}::uuid, ${role}, ${email} from public.projects where slug = ${projectSlug}`
}
