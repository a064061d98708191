/** What other systems send is kept if it is harmless in a log and a header: then one id follows a request through all of them. */
const HARMLESS = /^[\w.:-]{8,100}$/

/** The id of a request: the caller's own, Vercel's, or a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id') ?? request.headers.get('x-vercel-id')
  return given !== null && HARMLESS.test(given) ? given : crypto.randomUUID()
}
