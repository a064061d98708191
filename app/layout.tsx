import './globals.css'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { cookies } from 'next/headers'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ChartPatterns } from './_components/charts/chart-patterns.tsx'
import { isTheme, THEME_COOKIE } from './_session/theme.ts'

/** Not `geist/font/mono`: it preloads 71 KB on every page for the few that show code. */
const geistMono = localFont({
  src: '../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2',
  variable: '--font-geist-mono',
  weight: '100 900',
  adjustFontFallback: false,
  preload: false,
})

export const metadata: Metadata = {
  title: { default: 'Vigie', template: '%s · Vigie' },
  description: 'Monitoring for applications on Vercel and Supabase.',
  robots: { index: false },
}

export const viewport: Viewport = { colorScheme: 'light dark', viewportFit: 'cover' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get(THEME_COOKIE)?.value
  return (
    <html
      lang={await getLocale()}
      data-theme={isTheme(theme) ? theme : undefined}
      className={`${GeistSans.variable} ${geistMono.variable}`}
    >
      <body>
        <ChartPatterns />
        {children}
      </body>
    </html>
  )
}
