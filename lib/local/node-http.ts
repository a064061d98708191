import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Vercel's limit of a function's request body, kept here so that what works locally works there. */
const MAX_BODY_BYTES = 4.5 * 1024 * 1024

export class BodyTooLargeError extends Error {}

/**
 * A web-standard request from a node one, with the body read whole. Throws BodyTooLargeError beyond `maxBytes`.
 * `url` is the address that the handler sees.
 */
export async function toWebRequest(
  incoming: IncomingMessage,
  url: URL,
  signal: AbortSignal,
  maxBytes = MAX_BODY_BYTES,
): Promise<Request> {
  const method = incoming.method ?? 'GET'
  const headers = new Headers()
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '')
  }
  const body = method === 'GET' || method === 'HEAD' ? null : await readBody(incoming, maxBytes)
  return new Request(url, { method, headers, signal, ...(body?.length ? { body } : {}) })
}

async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new BodyTooLargeError(`the body is larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Writes a web-standard response out, streaming its body. */
export async function sendWebResponse(response: Response, outgoing: ServerResponse, withBody: boolean): Promise<void> {
  outgoing.statusCode = response.status
  if (response.statusText) outgoing.statusMessage = response.statusText
  for (const [name, value] of response.headers) {
    // Several cookies are several headers; joined by commas they would be one broken cookie.
    if (name === 'set-cookie') outgoing.appendHeader(name, value)
    else outgoing.setHeader(name, value)
  }
  if (!response.body || !withBody) {
    await response.body?.cancel()
    outgoing.end()
    return
  }
  await pipeline(Readable.fromWeb(response.body as import('node:stream/web').ReadableStream), outgoing)
}

/** Aborts when the caller goes away before the answer is complete. */
export function abortOnClose(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) controller.abort()
  })
  return controller.signal
}
