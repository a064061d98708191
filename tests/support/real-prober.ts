import http, { type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { createAddressPolicy } from '../../lib/adapters/net/address-policy.ts'
import { createProber } from '../../lib/adapters/net/create-prober.ts'
import { targetFormats } from '../../lib/wiring/target-formats.ts'
import type { FakeClock } from './fake-clock.ts'

/** The product's own prober in a pipeline with a fake clock: time stands still while it is out on the network, which is this machine. */
export function createRealProber(clock: FakeClock) {
  return clock.track(createProber({ allow: createAddressPolicy(['127.0.0.0/8']), clock, formats: targetFormats }))
}

/** A server until the end of the test; its address. */
export async function serve(handler: RequestListener): Promise<string> {
  const server = http.createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
