import type { Evidence } from '../../domain/notification/message.ts'
import type { Cause, Verdict } from '../../domain/probe/outcome.ts'
import { type Instant, toIso } from '../../domain/time/instant.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'

/** A probe result as the database answers it. */
export interface ResultRow {
  slot_at: string
  probed_at: string
  region: string
  verdict: Verdict
  cause: Cause | null
  status_code: number | null
  latency_ms: number | null
  /** dns, tcp, tls, ttfb, transfer in ms. Null of a result that is packed and was up. */
  phases: (number | null)[] | null
  message: string | null
  evidence: Evidence[] | null
}

/**
 * Results of a monitor whose slot is at or after `from` and before `until` (null: no bound), newest first unless said otherwise. They come
 * from their rows and from packed hours alike. The client's row level security applies.
 */
export async function readResults(
  client: Client,
  monitorId: string,
  {
    from = null,
    until,
    newestFirst = true,
    limit,
  }: { from?: Instant | null; until: Instant | null; newestFirst?: boolean; limit: number },
): Promise<ResultRow[]> {
  const rows = await call(client, 'read_results', {
    p_monitor_id: monitorId,
    ...(from === null ? {} : { p_from: toIso(from) }),
    ...(until === null ? {} : { p_until: toIso(until) }),
    p_newest_first: newestFirst,
    p_limit: limit,
  })
  return rows as unknown as ResultRow[]
}
