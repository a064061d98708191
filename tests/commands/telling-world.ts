import { randomUUID } from 'node:crypto'
import type { Client } from '../../lib/adapters/supabase/create-client.ts'
import type { Role } from '../../lib/domain/monitor/role.ts'
import type { ProjectFacts } from '../../lib/domain/notification/decision-context.ts'
import type { Sql } from '../support/postgres.ts'
import { type TestUser, testStack } from '../support/stack.ts'

export interface TellingWorld {
  sql: Sql
  service: Client
  project: ProjectFacts
  /** Signed in, with this role in the project. */
  people: Record<Role, TestUser>
  clients: Record<Role, Client>
  /** Signed in, and a member of nothing. */
  outsider: Client
  makeChannel(key: string, kind?: 'email' | 'slack' | 'sms' | 'webhook', config?: object): Promise<string>
  makeIncident(title: string): Promise<{ id: string; number: number }>
}

const ROLES = ['viewer', 'responder', 'admin', 'owner'] as const

/** A project with a member of each role, over the embedded API and a real database. */
export async function tellingWorld(): Promise<TellingWorld> {
  const { sql, service, user, outsider } = await testStack()
  const slug = `p-${randomUUID()}`
  const [row] = await sql<{ id: string }[]>`
    insert into public.projects (slug, name, time_zone) values (${slug}, 'Shop', 'Europe/Paris') returning id`
  const id = row?.id ?? ''
  const people = Object.fromEntries(
    await Promise.all(ROLES.map(async (role) => [role, await user(role, id)] as const)),
  ) as Record<Role, TestUser>
  let number = 0
  return {
    sql,
    service: service as unknown as Client,
    project: { id, slug, name: 'Shop', timeZone: 'Europe/Paris', locale: 'en' },
    people,
    clients: Object.fromEntries(ROLES.map((role) => [role, people[role].client])) as unknown as Record<Role, Client>,
    outsider: (await outsider()).client as unknown as Client,
    async makeChannel(key, kind = 'email', config = { to: ['ops@example.com'] }) {
      const [channel] = await sql<{ id: string }[]>`
        insert into public.channels (project_id, key, kind, name, config)
        values (${id}, ${key}, ${kind}, ${key}, ${sql.json(config as never)}) returning id`
      return channel?.id ?? ''
    },
    async makeIncident(title) {
      number += 1
      const [incident] = await sql<{ id: string }[]>`
        insert into public.incidents (project_id, number, title, priority, reason, started_at, detected_at)
        values (${id}, ${number}, ${title}, 'P1', 'answered 503', now() - interval '4 minutes', now()) returning id`
      return { id: incident?.id ?? '', number }
    },
  }
}
