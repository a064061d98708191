import type { Instant } from '@/lib/domain/time/instant.ts'
import type { Locale } from '@/lib/domain/time/locale.ts'

/** Where and when a page of a project is looked at: what its parts format by. */
export interface Place {
  slug: string
  timeZone: string
  now: Instant
  locale: Locale
}
