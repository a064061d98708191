import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../support/browser.ts'
import { sentryStandIn } from '../../support/providers/sentry.ts'

/** Modules of Next that reach a browser name modules of Node, and never use them there. */
const withoutNode: Plugin = {
  name: 'without-node',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(fs|stream|zlib)$/ }, ({ path }) => ({ path, namespace: 'nothing' }))
    onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'module.exports = {}' }))
  },
}

const root = fileURLToPath(new URL('../../../', import.meta.url))
const sentry = await sentryStandIn()
let browser: Browser
let url: string

beforeAll(async () => {
  browser = await launchBrowser()
  const { outputFiles } = await build({
    stdin: {
      contents: `import { initSentry } from './sentry.client.config.ts'
        initSentry('${sentry.dsn}')
        window.fail = () => setTimeout(() => { throw new Error('no answer for ops@private.example') }, 0)`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    platform: 'browser',
    plugins: [withoutNode],
    mainFields: ['browser', 'module', 'main'],
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', __dirname: '""' },
    logLevel: 'silent',
  })
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === '/app.js') outgoing.setHeader('content-type', 'text/javascript').end(outputFiles[0]?.text)
    else
      outgoing
        .setHeader('content-type', 'text/html')
        .end(
          '<h1>Balance of Ada: 12</h1><a href="/ack/tokentoken?x=hushlink">open</a><input><script src="/app.js"></script>',
        )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  afterAll(() => server.close())
})
afterAll(() => browser?.close())

test('an error in the browser is told with its replay, and neither holds an address, a query, what was typed or what stood on the page', async () => {
  const page = await browser.newPage()
  await page.goto(`${url}/ack/linktoken123?secret=hush`)
  await page.locator('input').pressSequentially('typed-by-hand')
  await page.evaluate(() => (window as unknown as { fail(): void }).fail())
  await expect.poll(() => sentry.envelopes.join('\n'), { timeout: 15_000 }).toContain('"replay_recording"')
  await page.close()

  expect(sentry.items('event')).toHaveLength(1)
  const sent = sentry.envelopes.join('\n')
  expect(sent).toContain('no answer for <address>')
  // The recording is a real one: it has the page's shape.
  expect(sent).toContain('"tagName":"h1"')
  for (const private_ of ['private.example', 'hush', 'linktoken123', 'tokentoken', 'typed-by-hand', 'Balance of Ada']) {
    expect(sent, private_).not.toContain(private_)
  }
})
