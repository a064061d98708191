import { problem } from './problem.ts'

const CORS = { 'access-control-allow-origin': '*' }

export type Handler = (request: Request) => Promise<Response>

/** Any page may read the answer, errors included: it says nothing of the project. */
export function toAnyOrigin(handle: Handler): Handler {
  return async (request) => {
    const response = await handle(request)
    for (const [name, value] of Object.entries(CORS)) response.headers.set(name, value)
    return response
  }
}

/** The leave that a browser asks for before it sends a body whose type a form could not have. */
export const preflight: Handler = async () =>
  new Response(null, {
    status: 204,
    headers: {
      ...CORS,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '86400',
    },
  })

/** The address that the platform saw; of a chain of proxies the last one, for those before it are what the sender says. */
export function addressOf({ headers }: Request): string {
  return headers.get('x-real-ip') ?? headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown'
}

/** Names the field that is wrong, or the body as a whole where `field` is empty. `message` goes on after its name: "is missing". */
export function refuseField(
  status: number,
  field: string,
  message: string,
  headers?: Record<string, string>,
): Response {
  const detail = `${field === '' ? 'The body' : field} ${message}.`
  return problem(status, { detail, errors: [{ field, message }], ...(headers ? { headers } : {}) })
}
