import { countryOf, deviceOf } from '../domain/vital/visitor-facts.ts'
import type { RateLimit, RateLimiter } from '../ports/rate-limiter.ts'
import type { Refusal } from '../ports/telemetry-format.ts'
import type { VisitReading, VitalStore } from '../ports/vital-store.ts'

export interface ReceiveVisitDeps {
  store: VitalStore
  limiter: Pick<RateLimiter, 'take'>
  /** Of one address, and of all visitors of one site. */
  addressLimit: RateLimit
  siteLimit: RateLimit
  readVisit(text: string): VisitReading
  /** Tells nothing of what goes in to whoever lacks the secret. */
  hashVisitor(parts: readonly string[]): string
}

/** A message of a page, with what its request says. None of the texts outlives the call. */
export interface VisitMessage {
  text: string
  address: string
  userAgent: string
  /** What the edge of the network says, as it says it. */
  country: string | null
  /** Where the page came from; null when the sender is no browser. */
  origin: string | null
  /** The browser says Do Not Track or Global Privacy Control. */
  hasOptedOut: boolean
}

export type VisitReceipt =
  | { kind: 'taken'; accepted: number; refusals: readonly Refusal[] }
  /** Read and let go: a crawler, or somebody who does not want to be counted. */
  | { kind: 'passed_over'; reason: 'crawler' | 'opted_out' }
  | { kind: 'unreadable'; field: string; message: string }
  | { kind: 'unknown_site' }
  | { kind: 'foreign_origin'; origin: string | null }
  | { kind: 'limited'; retryAfterSeconds: number }

/** Takes in what a page measured. Addresses are limited before anything is looked up: that is what a flood would cost. */
export async function receiveVisit(deps: ReceiveVisitDeps, message: VisitMessage): Promise<VisitReceipt> {
  const { address, userAgent, origin } = message
  const byAddress = await deps.limiter.take(`vitals:${deps.hashVisitor([address])}`, deps.addressLimit)
  if (!byAddress.allowed) return { kind: 'limited', retryAfterSeconds: byAddress.retryAfterSeconds }
  const read = deps.readVisit(message.text)
  if (!read.ok) return { kind: 'unreadable', field: read.field, message: read.message }
  const site = await deps.store.findSite(read.site)
  if (site === null) return { kind: 'unknown_site' }
  if (site.allowedOrigins.length > 0 && (origin === null || !site.allowedOrigins.includes(origin))) {
    return { kind: 'foreign_origin', origin }
  }
  const bySite = await deps.limiter.take(`vitals:${site.projectId}`, deps.siteLimit)
  if (!bySite.allowed) return { kind: 'limited', retryAfterSeconds: bySite.retryAfterSeconds }
  if (message.hasOptedOut) return { kind: 'passed_over', reason: 'opted_out' }
  const device = deviceOf(userAgent)
  if (device === null) return { kind: 'passed_over', reason: 'crawler' }
  const { accepted } = await deps.store.storeVisit(site.projectId, {
    ...read.visit,
    device,
    country: countryOf(message.country),
    visitor: deps.hashVisitor([site.projectId, address, userAgent]),
    rejections: read.rejections,
  })
  return { kind: 'taken', accepted, refusals: read.refusals }
}
