export type Device = 'mobile' | 'tablet' | 'desktop'
export const DEVICES = ['mobile', 'tablet', 'desktop'] as const satisfies readonly Device[]

/**
 * What kind of device a browser says that it runs on; null for crawlers, which are nobody's experience. The browser's text itself is looked
 * at and not kept. An iPad that asks for desktop pages calls itself a Mac, and is counted as a desktop.
 */
export function deviceOf(userAgent: string): Device | null {
  if (/bot\b|crawl|spider|slurp|facebookexternalhit|Google-InspectionTool|Chrome-Lighthouse/i.test(userAgent))
    return null
  if (/iPad|Tablet|PlayBook|Silk|Kindle/i.test(userAgent)) return 'tablet'
  // Android's own convention: phones say Mobile, tablets do not.
  if (/Android/i.test(userAgent)) return /Mobile/i.test(userAgent) ? 'mobile' : 'tablet'
  return /Mobi|iPhone|iPod|Windows Phone/i.test(userAgent) ? 'mobile' : 'desktop'
}

/** ISO 3166 alpha-2 in capitals; empty for none, and for what edges say when they do not know (`XX`) or see Tor (`T1`). */
export function countryOf(header: string | null): string {
  const code = (header ?? '').trim().toUpperCase()
  return /^[A-Z]{2}$/.test(code) && code !== 'XX' && code !== 'ZZ' ? code : ''
}
