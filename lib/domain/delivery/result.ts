/**
 * What became of one delivery attempt.
 * - `delivered`: the provider took it (its id, when it gave one).
 * - `retry`: 429, 5xx, time-out, no connection. `retryAfterMs` when the provider asked for a pause.
 * - `rejected`: another 4xx: repeating cannot help, so it is dead-lettered.
 * - `gone`: 410: the channel itself is switched off.
 * `uncertain` marks that the provider may have taken it although no answer came (time-out after sending).
 */
export type DeliveryResult =
  | { outcome: 'delivered'; detail: string; providerId: string | null; viaOutbox: boolean }
  | { outcome: 'retry'; detail: string; statusCode: number | null; retryAfterMs: number | null; uncertain: boolean }
  | { outcome: 'rejected'; detail: string; statusCode: number | null }
  | { outcome: 'gone'; detail: string; statusCode: 410 }
