'use client'

import { formatDuration } from '../../../lib/domain/time/format-duration.ts'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import type { Locale } from '../../../lib/domain/time/locale.ts'
import { useDerivedFromNow } from './now.client.ts'

/** A length of time that still grows: `4 min`, and a minute later `5 min`. */
export function RunningDuration({ since, now, locale }: { since: Instant; now: Instant; locale: Locale }) {
  return <>{useDerivedFromNow(now, (present) => formatDuration(present - since, locale))}</>
}
