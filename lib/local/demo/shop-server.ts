import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ShopServer {
  url: string
  isBroken(): boolean
  stop(): Promise<void>
}

const HANG_MS = 2_000

/**
 * The shop's own pages: a storefront with buttons that break and repair it, `/health` in the shape of the guides, and `POST /break` and
 * `POST /repair` for whoever has no browser at hand. `head` is put into the page: scripts of the monitoring.
 */
export async function startShopServer(
  port: number,
  options: { head: string; onChange: (isBroken: boolean) => void },
): Promise<ShopServer> {
  let isBroken = false
  const change = (to: boolean) => {
    if (isBroken !== to) options.onChange(to)
    isBroken = to
  }
  const server = createServer(async (incoming, outgoing) => {
    const route = `${incoming.method} ${incoming.url?.split('?')[0]}`
    if (route === 'POST /break' || route === 'POST /repair') {
      change(route === 'POST /break')
      answerChange(incoming, outgoing, isBroken)
    } else if (route === 'GET /health') {
      if (isBroken) await sleep(HANG_MS)
      const body = isBroken
        ? { status: 'error', checks: { database: 'error' } }
        : { status: 'healthy', checks: { database: 'ok' } }
      answerJson(outgoing, isBroken ? 503 : 200, body)
    } else if (route === 'GET /' || route.startsWith('GET /products/')) {
      outgoing.writeHead(isBroken ? 503 : 200, { 'content-type': 'text/html; charset=utf-8' })
      outgoing.end(page(options.head, isBroken))
    } else {
      answerJson(outgoing, 404, { error: 'GET /, GET /health, POST /break, POST /repair' })
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1' }, () => resolve())
  })
  const address = server.address()
  const listening = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://127.0.0.1:${listening}`,
    isBroken: () => isBroken,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A form comes back to the page, anything else gets JSON. */
function answerChange(incoming: IncomingMessage, outgoing: ServerResponse, isBroken: boolean): void {
  incoming.resume()
  if (
    incoming.headers['content-type']?.startsWith('application/x-www-form-urlencoded') &&
    incoming.headers.accept?.includes('text/html')
  ) {
    outgoing.writeHead(303, { location: '/' }).end()
  } else {
    answerJson(outgoing, 200, { broken: isBroken })
  }
}

function answerJson(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' })
  outgoing.end(JSON.stringify(body))
}

function page(head: string, isBroken: boolean): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Demo shop</title>
<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}button{font:inherit;padding:.5rem 1rem}</style>
${head}
</head>
<body>
<h1>Demo shop</h1>
<p>${isBroken ? 'The database hangs: pages are slow or fail.' : 'Open for business. Pretended customers come and go as in real life.'}</p>
<form method="post" action="/${isBroken ? 'repair' : 'break'}"><button>${isBroken ? 'Repair the database' : 'Break the database'}</button></form>
<p><a href="/products/7">A product</a></p>
</body>
</html>
`
}
