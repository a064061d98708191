import { expect, inject, test } from 'vitest'

const { url } = inject('vigie')
const ask = (path: string) => fetch(new URL(path, url), { redirect: 'manual' })

test('browsers and crawlers get the site’s icon and rules without signing in', async () => {
  const icon = await ask('/favicon.ico')
  expect(icon.status).toBe(200)
  expect(icon.headers.get('content-type')).toMatch(/^image\//)
  // Type 1 of the ICO format, after two bytes that are zero.
  expect([...new Uint8Array(await icon.arrayBuffer()).slice(0, 4)]).toEqual([0, 0, 1, 0])

  const rules = await ask('/robots.txt')
  expect(rules.status).toBe(200)
  expect(await rules.text()).toMatch(/User-Agent: \*\nAllow: \/status\/\nDisallow: \/\n/)

  const page = await (await ask('/sign-in')).text()
  const linked = /<link rel="apple-touch-icon" href="([^"]+)"/.exec(page)?.[1] ?? ''
  expect((await ask(linked)).headers.get('content-type')).toBe('image/png')
})

test.each([
  '/apple-touch-icon.png',
  '/apple-touch-icon-precomposed.png',
  '/manifest.webmanifest',
  '/sitemap.xml',
  '/ads.txt',
  '/.well-known/security.txt',
  '/wp-login.php',
])('%s is absent: it is neither a project nor a reason to sign in', async (path) => {
  expect((await ask(path)).status).toBe(404)
})
