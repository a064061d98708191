import { randomUUID } from 'node:crypto'
import type { Client } from '../../../lib/adapters/supabase/create-client.ts'
import { parseMonitorSpec } from '../../../lib/commands/monitor/parse-spec.ts'
import type { MonitorDraft } from '../../../lib/commands/monitor/save.ts'
import type { Sql } from '../../support/postgres.ts'
import { testStack } from '../../support/stack.ts'

export interface MonitorWorld {
  sql: Sql
  projectId: string
  clients: Record<'viewer' | 'responder' | 'admin', Client>
  userIds: Record<'viewer' | 'responder' | 'admin', string>
  outsider: Client
  /** Of a project that nobody here is a member of. */
  foreignChannelId: string
}

/** A project with a member of each role, and another one that is none of their business. */
export async function monitorWorld(): Promise<MonitorWorld> {
  const stack = await testStack()
  const project = async () => {
    const slug = `p-${randomUUID()}`
    const [row] = await stack.sql<{ id: string }[]>`
      insert into public.projects (slug, name, time_zone) values (${slug}, 'Shop', 'Europe/Paris') returning id`
    return row?.id ?? ''
  }
  const projectId = await project()
  const [foreign] = await stack.sql<{ id: string }[]>`
    insert into public.channels (project_id, key, kind, name, config)
    values (${await project()}, 'mail', 'email', 'Mail', '{"to": ["a@example.com"]}') returning id`
  const people = {
    viewer: await stack.user('viewer', projectId),
    responder: await stack.user('responder', projectId),
    admin: await stack.user('admin', projectId),
  }
  const each = <Value>(of: (role: keyof typeof people) => Value) => ({
    viewer: of('viewer'),
    responder: of('responder'),
    admin: of('admin'),
  })
  return {
    sql: stack.sql,
    projectId,
    clients: each((role) => people[role].client as unknown as Client),
    userIds: each((role) => people[role].id),
    outsider: (await stack.outsider()).client as unknown as Client,
    foreignChannelId: foreign?.id ?? '',
  }
}

/** A web address to be watched, as a form that was filled in would describe it. */
export function draftOf(given: { key: string; url?: string; name?: string }): MonitorDraft {
  const { key, url = 'https://shop.example.com/health', name = 'Shop' } = given
  const spec = parseMonitorSpec({ base: { key, name }, target: { kind: 'http', config: { url } } })
  if (!spec.ok) throw new Error(spec.errors[0]?.message)
  return { id: null, spec: spec.value, notifyChannelIds: [], secrets: { op: 'keep' } }
}
