import type { Severity } from '../monitor/severity.ts'
import { MINUTE } from '../time/instant.ts'
import type { Guide, PackRow } from './pack.ts'

/** Minutes between two messages, by severity, as the guide for Drop Craft has them; the least severe as often as an hour. */
const THROTTLE_MS: Readonly<Record<Severity, number>> = {
  critical: 5 * MINUTE,
  high: 15 * MINUTE,
  medium: 30 * MINUTE,
  low: 60 * MINUTE,
}

type Given = Pick<PackRow, 'id' | 'name' | 'options'> &
  Partial<Omit<PackRow, 'source' | 'severity'>> & { words: string; severity: Severity | PackRow['severity'] }

/** Completes rows of one guide: no `for`, no note, routing by severity, at most one message in the time that fits the severity. */
export function rowsOf(guide: Guide, rows: readonly Given[]): PackRow[] {
  return rows.map(({ words, severity, ...row }) => {
    const both = typeof severity === 'string' ? { warning: severity, critical: severity } : severity
    return {
      note: null,
      ofTokenBudget: false,
      forMs: 0,
      keepFiringForMs: 0,
      noData: 'resolve',
      throttleMs: THROTTLE_MS[both.critical],
      runbook: null,
      channels: null,
      since: 1,
      ...row,
      severity: both,
      source: { guide, words },
    }
  })
}

/** What a guide sends to Slack and mail first, and by SMS when it gets worse. */
export const SLACK_THEN_SMS = { warning: 'high', critical: 'critical' } as const
