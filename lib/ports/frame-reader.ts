import type { Role } from '../domain/monitor/role.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Locale } from '../domain/time/locale.ts'

export interface CurrentProject {
  id: string
  slug: string
  name: string
  timeZone: string
  locale: Locale
  role: Role
  openIncidents: number
  /** Newest result of any monitor; null before the first. */
  lastResultAt: Instant | null
}

/** What stands around every page of a project. */
export interface FrameFacts {
  /** Database time. */
  now: Instant
  /** Every project of the person, by name. */
  projects: { slug: string; name: string }[]
  /** Null when there is no such project, or the person is not a member of it: the same answer for both. */
  project: CurrentProject | null
  /** Of the scheduler: its last good run, and what the last finished run failed on. Null before the first run. */
  tick: { lastSuccessAt: Instant | null; lastError: string | null } | null
}

export interface FrameReader {
  /** One round trip. An empty slug asks for the projects alone. */
  readFrame(userId: string, slug: string): Promise<FrameFacts>
}
