import type { MetadataRoute } from 'next'

/** Dashboards are nobody's search result; public status pages may be. */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', allow: '/status/', disallow: '/' } }
}
