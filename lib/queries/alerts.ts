import type { AlertCursor, AlertQuery, ListedAlert, RuleReader } from '../ports/rule-reader.ts'
import { PAGE_SIZE } from './keyset.ts'

export interface AlertPage {
  /** Newest first. */
  alerts: ListedAlert[]
  newerAbove: AlertCursor | null
  olderBelow: AlertCursor | null
}

export type AlertRequest = Omit<AlertQuery, 'limit'>

/** The history of all alerts, of monitors and of rules. */
export async function readAlerts(
  reader: Pick<RuleReader, 'listAlerts'>,
  projectId: string,
  request: AlertRequest,
  size = PAGE_SIZE,
): Promise<AlertPage> {
  const found = await reader.listAlerts(projectId, { ...request, limit: size + 1 })
  const isUpwards = request.above !== null
  const hasMore = found.length > size
  // Newest first either way: what is too much stands at the end that was read towards.
  const alerts = !hasMore ? found : isUpwards ? found.slice(1) : found.slice(0, size)
  const hasNewer = isUpwards ? hasMore : request.below !== null
  const hasOlder = isUpwards || hasMore
  return {
    alerts,
    newerAbove: hasNewer ? (alerts[0]?.cursor ?? null) : null,
    olderBelow: hasOlder ? (alerts.at(-1)?.cursor ?? null) : null,
  }
}
