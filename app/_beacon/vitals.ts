import { type Metric, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals'
import { pageOf } from '../../lib/domain/vital/page-path.ts'

/**
 * `public/vitals.js`, for any site: measures a page view and sends it when the page is hidden. Sets no cookie and stores nothing; sends
 * nothing for people whose browser says Do Not Track or Global Privacy Control. Attributes of its script element: `data-site` (the public
 * key, required), `data-sample` (share of page views, 1 when absent), `data-page` (in place of the path), `data-release`.
 */
const script = document.currentScript as HTMLScriptElement | null

interface Measure {
  name: string
  value: number
  id: string
}

/** Not in TypeScript's lib: Global Privacy Control is a proposal of the W3C. */
type PrivacyNavigator = Navigator & { globalPrivacyControl?: boolean }

function hasOptedOut({ doNotTrack, globalPrivacyControl }: PrivacyNavigator): boolean {
  return doNotTrack === '1' || globalPrivacyControl === true
}

function start({ src, dataset }: HTMLScriptElement, site: string): void {
  const endpoint = new URL('/api/ingest/vitals', src).href
  // Kept from the first moment: an application that changes its address without loading anew still measures the page that it began with.
  const page = dataset.page ?? pageOf(location.pathname)
  const queue = new Map<string, Measure>()

  const add = ({ name, value, id }: Measure) => void queue.set(id, { name, value, id })
  const flush = () => {
    if (queue.size === 0) return
    const body = JSON.stringify({ site, page, release: dataset.release, metrics: [...queue.values()] })
    queue.clear()
    navigator.sendBeacon(endpoint, body)
  }
  const report = (metric: Metric) => add(metric)
  onCLS(report)
  onINP(report)
  onLCP(report)
  onFCP(report)
  onTTFB(report)
  whenLoaded((value) => add({ name: 'load', value, id: `load-${Date.now()}-${Math.random()}` }))
  // After the listeners of web-vitals, which report their last values at the same events.
  addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && flush())
  addEventListener('pagehide', flush)
}

/** Milliseconds from the beginning of the navigation to the end of its `load` event, for pages that were seen while they loaded. */
function whenLoaded(tell: (ms: number) => void): void {
  const read = () => {
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    if (entry !== undefined && entry.loadEventEnd > 0) tell(entry.loadEventEnd)
  }
  if (document.visibilityState === 'hidden') return
  if (document.readyState === 'complete') read()
  else addEventListener('load', () => setTimeout(read))
}

const site = script?.dataset.site
if (script && site && !hasOptedOut(navigator) && Math.random() < Number(script.dataset.sample ?? 1)) start(script, site)
