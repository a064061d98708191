import type { Exposition } from '../domain/probe/exposition.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Log } from '../ports/log.ts'
import type { ScrapeToSeries } from '../ports/scrape-format.ts'
import type { MonitorClaim } from '../ports/store.ts'
import type { TelemetryStore } from '../ports/telemetry-store.ts'

export interface StoreScrapeDeps {
  telemetry: Pick<TelemetryStore, 'storeBatch'>
  scrapeToSeries: ScrapeToSeries
  log: Log
}

export interface Scrape {
  exposition: Exposition
  /** When it was read. */
  at: Instant
}

/** Scrapes of one run, on their way to the store. */
export interface ScrapeQueue {
  push(claim: MonitorClaim, scrape: Scrape): void
  /** Resolves when all of them are stored or given up. */
  drain(): Promise<void>
}

/** Whether what a monitor reads is kept. */
export function isCollected({ monitor }: MonitorClaim): boolean {
  return monitor.kind === 'prometheus' && monitor.config.collect
}

/**
 * Stores what monitors read beside the verdicts on them, one after the other: a thousand series each would hold up everything else in the
 * database at once. Never rejects: a store that is away costs samples of a minute, and no verdict.
 */
export function createScrapeQueue(deps: StoreScrapeDeps): ScrapeQueue {
  let chain = Promise.resolve()
  return {
    push(claim, scrape) {
      chain = chain.then(() => storeScrape(deps, claim, scrape))
    },
    drain: () => chain,
  }
}

async function storeScrape(
  { telemetry, scrapeToSeries, log }: StoreScrapeDeps,
  { monitor, slotAt }: MonitorClaim,
  { exposition, at }: Scrape,
): Promise<void> {
  if (monitor.kind !== 'prometheus') return
  const { key: instance, id, projectId } = monitor
  try {
    const { series, rejections } = scrapeToSeries(exposition, { instance, at, include: monitor.config.include })
    if (series.length === 0 && rejections.length === 0) return
    // Named by its slot: a slot that two workers probe is kept once.
    const digest = `scrape ${id} ${slotAt}`
    await telemetry.storeBatch({ projectId, source: 'prometheus', digest, series, logs: [], rejections })
  } catch (error) {
    log.error('scrape.not_stored', { monitor: instance, monitorId: id, error: String(error) })
  }
}
