'use client'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import type { Locale } from '../../../lib/domain/time/locale.ts'
import { formatRelative } from './format-relative.ts'
import { useDerivedFromNow } from './now.client.ts'

/** Keeps "12 s ago" true while the page stays open. */
export function RelativeTimeText({ at, now, locale }: { at: Instant; now: Instant; locale: Locale }) {
  return <>{useDerivedFromNow(now, (present) => formatRelative(at, present, locale))}</>
}
