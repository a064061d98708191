import { notFound } from 'next/navigation'
import { cache } from 'react'
import type { Client } from '@/lib/adapters/supabase/create-client.ts'
import { projectSlugSchema } from '@/lib/domain/monitor/config.ts'
import { lastSeenAt, pulseLevel } from '@/lib/domain/monitor/pulse.ts'
import type { Role } from '@/lib/domain/monitor/role.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { CurrentProject, FrameFacts } from '@/lib/ports/frame-reader.ts'
import { wirePeople } from '@/lib/wiring/people.ts'
import { requireUser, type SignedInUser } from './require-user.ts'
import { createSessionClient } from './server-client.ts'

/** Readers and commands that act as the signed-in person. One client a request, however many parts of a page ask. */
export const people = cache(async () => wirePeople((await createSessionClient()) as unknown as Client))

/** What every page of a project knows. */
export interface ProjectContext {
  user: SignedInUser
  project: CurrentProject
  role: Role
  /** Every project of the person, by name. */
  projects: FrameFacts['projects']
  /** Database time when the page was made. */
  now: Instant
  /** When the scheduler was last seen at work; null before the first time. */
  lastTickAt: Instant | null
  /** What the last finished tick failed on; null when it went well. */
  tickError: string | null
  /** Since when nobody watches; null while the scheduler is at work. */
  blindSinceAt: Instant | null
  /** Everything that pages read and actions command, in the person's own name. */
  people: Awaited<ReturnType<typeof people>>
}

/**
 * The project of an address, for a person who is a member of it; signing in first where nobody is signed in. A project of somebody
 * else is as absent as one that does not exist. One read per request.
 */
export const requireProject = cache(async (slug: string): Promise<ProjectContext> => {
  // `/sitemap.xml` and the like: a crawler that asks for a file is not to be sent to sign in.
  if (!projectSlugSchema.safeParse(slug).success) notFound()
  const user = await requireUser()
  const wired = await people()
  const facts = await wired.frame.readFrame(user.id, slug)
  const { project, now, tick } = facts
  if (project === null) notFound()
  const lastTickAt = lastSeenAt(tick, project.lastResultAt)
  return {
    user,
    project,
    role: project.role,
    projects: facts.projects,
    now,
    lastTickAt,
    tickError: tick?.lastError ?? null,
    blindSinceAt: pulseLevel(lastTickAt, now) === 'stalled' ? lastTickAt : null,
    people: wired,
  }
})
