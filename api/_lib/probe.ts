import { randomUUID } from 'node:crypto'

export interface ProbeFunction {
  POST(request: Request): Promise<Response>
}

/** A function that probes for the installation from where it runs. Wired at its first request, then kept: its control targets with it. */
export function probeFunction(wire: () => (request: Request) => Promise<Response>): ProbeFunction {
  let answer: ((request: Request) => Promise<Response>) | null = null
  return {
    async POST(request) {
      try {
        answer ??= wire()
        return await answer(request)
      } catch (error) {
        const requestId = request.headers.get('x-vercel-id') ?? randomUUID()
        // Without wiring there is no log; the platform keeps what is printed.
        console.error(JSON.stringify({ level: 'error', event: 'probe_not_wired', requestId, error: String(error) }))
        const message = 'The prober is not configured. The log has the details under this request id.'
        return Response.json({ error: { code: 'internal', message, requestId } }, { status: 500 })
      }
    },
  }
}
