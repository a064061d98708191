import { HOUR, type Instant, MINUTE } from '../../domain/time/instant.ts'
import { type Chance, createChance } from './chance.ts'
import { writeAnswers } from './feedback.ts'
import { writeLogLines } from './log-lines.ts'
import { writeMetrics } from './otlp-metrics.ts'
import { type Destination, send } from './send.ts'
import { runShop, type ShopSpan } from './shop.ts'

/** Older data is not taken (24 h), and what is sent first is the oldest. */
export const PAST_MS = 23.5 * HOUR
const SPANS_A_BODY = 30

/** The last day of the shop by the minute, so that its pages are full from the start. The same end tells the same story. */
export function inventPast(until: Instant): ShopSpan[] {
  const last = Math.floor(until / MINUTE) * MINUTE
  const chance = createChance(last / MINUTE)
  return Array.from({ length: PAST_MS / MINUTE }, (_, index) => {
    const from = last - PAST_MS + index * MINUTE
    return runShop({ from, until: from + MINUTE, isBroken: isOldOutage(last - from), chance })
  })
}

/** Nine hours ago the database hung for a quarter of an hour: a day without any trouble would show nothing. */
function isOldOutage(age: number): boolean {
  return age <= 9 * HOUR && age > 9 * HOUR - 15 * MINUTE
}

/** Sends what the shop measured and wrote: metrics by OTLP, lines by the simple call, answers of its customers one by one, each body gzipped. */
export async function tell(destination: Destination, spans: readonly ShopSpan[], chance: Chance): Promise<void> {
  for (let start = 0; start < spans.length; start += SPANS_A_BODY) {
    const some = spans.slice(start, start + SPANS_A_BODY)
    await send(destination, '/api/ingest/otlp/v1/metrics', 'application/json', JSON.stringify(writeMetrics(some)))
    const lines = some.flatMap((span) => writeLogLines(span, chance))
    if (lines.length > 0) await send(destination, '/api/ingest/logs', 'application/x-ndjson', lines.join('\n'))
    for (const answer of some.flatMap(writeAnswers))
      await send(destination, '/api/ingest/feedback', 'application/json', answer)
  }
}
