import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

export interface Destination {
  /** Address of the installation, without a slash at its end. */
  url: string
  apiKey: string
}

const pack = promisify(gzip)
const ATTEMPTS = 5
/** Below this, packing makes nothing smaller. */
const PACK_FROM = 1_000

/** Sends a body, gzipped when it is worth it, as exporters do: waits as long as a 429 or 503 asks for and sends the same again. Throws, in words, when it is not taken. */
export async function send(
  { url, apiKey }: Destination,
  path: string,
  contentType: string,
  body: string,
): Promise<void> {
  const isPacked = body.length >= PACK_FROM
  const payload = isPacked ? await pack(body) : body
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': contentType,
        ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
      },
      body: payload,
    })
    if (answer.ok) return
    const isBusy = answer.status === 429 || answer.status === 503
    if (!isBusy || attempt === ATTEMPTS)
      throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
    await sleep(Number(answer.headers.get('retry-after') ?? 1) * 1_000)
  }
}
