import { createServer } from 'node:net'

/** True when nothing listens on this TCP port of the given address. */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** A TCP port of 127.0.0.1 that is free now: the preferred one if it is, else one that the kernel picks. */
export async function findFreePort(preferredPort?: number): Promise<number> {
  if (preferredPort !== undefined && (await isPortFree(preferredPort))) return preferredPort
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = server.address()
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port)
        else reject(new Error('the kernel named no port'))
      })
    })
  })
}
