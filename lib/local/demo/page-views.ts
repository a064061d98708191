import { MINUTE } from '../../domain/time/instant.ts'
import type { Vital } from '../../domain/vital/vital.ts'
import { type Chance, logNormal, pick, poisson } from './chance.ts'
import { loadAt } from './rhythm.ts'
import type { ShopSpan } from './shop.ts'

/** What one pretended customer's browser tells of a page. */
export interface DemoPageView {
  page: string
  userAgent: string
  country: string
  metrics: readonly { name: Vital; value: number; id: string }[]
}

const VIEWS_A_MINUTE = 24
const CUSTOMERS = 400
const MEDIANS = { lcp: 1_700, fcp: 1_050, ttfb: 380, load: 2_100, inp: 120, cls: 0.03 } as const

interface Weighted {
  weight: number
  slowness: number
}
type Some<T> = [T, ...T[]]

const PAGES: Some<Weighted & { page: string }> = [
  { page: '/', weight: 40, slowness: 0.8 },
  { page: '/products/7', weight: 35, slowness: 1 },
  { page: '/cart', weight: 15, slowness: 0.9 },
  { page: '/checkout', weight: 10, slowness: 1.7 },
]
const DEVICES: Some<Weighted & { name: string }> = [
  { name: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile', weight: 60, slowness: 1.3 },
  { name: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)', weight: 34, slowness: 0.8 },
  { name: 'Mozilla/5.0 (Linux; Android 14; Tab)', weight: 6, slowness: 1.1 },
]
const COUNTRIES: Some<{ code: string; weight: number }> = [
  { code: 'FR', weight: 60 },
  { code: 'DE', weight: 25 },
  { code: 'BE', weight: 15 },
]

/** The page views of a span of the shop, as many as it is busy. While its database hangs, everything is slow. */
export function viewPages({ from, until }: ShopSpan, isBroken: boolean, chance: Chance): DemoPageView[] {
  const mean = VIEWS_A_MINUTE * loadAt(from) * ((until - from) / MINUTE)
  return Array.from({ length: poisson(chance, mean) }, () => viewPage(isBroken, chance))
}

function viewPage(isBroken: boolean, chance: Chance): DemoPageView {
  const place = pick(chance, PAGES)
  const device = pick(chance, DEVICES)
  const slowness = place.slowness * device.slowness * (isBroken ? 4 : 1)
  const id = `demo-${chance()}`
  const metrics = Object.entries(MEDIANS).map(([name, median]) => ({
    name: name as Vital,
    value: logNormal(chance, median * (name === 'cls' ? place.slowness : slowness), 0.4),
    id: `${id}-${name}`,
  }))
  const userAgent = `${device.name} Demo/${Math.floor(chance() * CUSTOMERS)}`
  return { page: place.page, userAgent, country: pick(chance, COUNTRIES).code, metrics }
}

/** Sends page views one by one, as browsers do. Throws, in words, when one is not taken. */
export async function tellPageViews(url: string, siteKey: string, views: readonly DemoPageView[]): Promise<void> {
  for (const { page, userAgent, country, metrics } of views) {
    const answer = await fetch(`${url}/api/ingest/vitals`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'user-agent': userAgent, 'x-vercel-ip-country': country },
      body: JSON.stringify({ site: siteKey, page, release: '1.0', metrics }),
    })
    if (!answer.ok)
      throw new Error(`/api/ingest/vitals answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
  }
}
