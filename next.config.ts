import { withSentryConfig } from '@sentry/nextjs/config'
import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const config: NextConfig = {
  poweredByHeader: false,
  // The policy about scripts changes with each answer: proxy.ts sets it.
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        // Acknowledge links are capabilities: no other site may learn one from a click on a page.
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
      ],
    },
    // Loaded by pages of other sites. An hour old is new enough, and a week old is better than to wait for it.
    ...['/vitals.js', '/feedback.js'].map((source) => ({
      source,
      headers: [
        { key: 'Access-Control-Allow-Origin', value: '*' },
        { key: 'Cross-Origin-Resource-Policy', value: 'cross-origin' },
        { key: 'Cache-Control', value: 'public, max-age=3600, stale-while-revalidate=604800' },
      ],
    })),
  ],
  // Native code, and a renderer that brings its own React server: both are loaded as they are, not bundled.
  serverExternalPackages: ['@resvg/resvg-js', 'react-email'],
  // Read at run time by the plots of the weekly report, so no import leads the tracer to them.
  outputFileTracingIncludes: {
    // Shown on the set-up page.
    '/*/setup': ['supabase/cron.sql'],
    '/*/reports/**': ['node_modules/geist/dist/fonts/geist-sans/Geist-{Regular,SemiBold}.ttf'],
  },
}

const withMessages = createNextIntlPlugin('./i18n/request.ts')

export default withSentryConfig(withMessages(config), {
  silent: true,
  telemetry: false,
  // Source maps go to Sentry only where a token says so; a build without one asks nobody.
  sourcemaps: { disable: !process.env.SENTRY_AUTH_TOKEN },
})
