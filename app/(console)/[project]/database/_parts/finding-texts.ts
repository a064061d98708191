import type { DatabaseFinding } from '@/lib/domain/database/findings.ts'
import { formatLatency, formatUptime } from '@/lib/domain/rollup/format-figures.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import type { Locale } from '@/lib/domain/time/locale.ts'

/** Value and limit as the sentence of a finding says them; numbers stay numbers where the sentence counts. */
export function findingTexts(
  { kind, value, limit, count }: DatabaseFinding,
  locale: Locale,
): { value: string | number; limit: string; count: number } {
  switch (kind) {
    case 'connections_high':
    case 'storage_high':
    case 'disk_high':
    case 'cache_hits_low':
      return { value: formatUptime(value, locale, 1), limit: formatUptime(limit, locale, 1), count }
    case 'long_running':
      return { value: formatDuration(value, locale), limit: formatDuration(limit, locale), count }
    case 'statements_p95_high':
    case 'slow_statements':
      return { value: formatLatency(value, locale), limit: formatLatency(limit, locale), count }
    case 'deadlocks':
    case 'unused_indexes':
      return { value, limit: String(limit), count }
  }
}
