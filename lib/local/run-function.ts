/** Loads a module: `import` in production, a fresh copy after a change in development. */
export type LoadModule = (file: string) => Promise<unknown>

type Handler = (request: Request) => Response | Promise<Response>

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/**
 * Runs one root function with a request, as Vercel's launcher does for the web-standard signature: the export named like
 * the method, or `fetch` of the default export. HEAD falls back to GET; other methods are answered 405.
 */
export async function runFunction(file: string, request: Request, load: LoadModule): Promise<Response> {
  const exported = unwrapDefault(await load(file))
  const anyMethod = exported.fetch
  if (typeof anyMethod === 'function') return (anyMethod as Handler).call(exported, request)
  const handler = exported[request.method] ?? (request.method === 'HEAD' ? exported.GET : undefined)
  if (typeof handler === 'function') return (handler as Handler)(request)
  const allowed = METHODS.filter((method) => typeof exported[method] === 'function')
  if (allowed.length === 0)
    throw new Error(`${file} exports no function named like a method, and no default with fetch`)
  return Response.json(
    { error: { code: 'method_not_allowed', message: `Use ${allowed.join(' or ')}.` } },
    { status: 405, headers: { allow: allowed.join(', ') } },
  )
}

/** A module that was compiled to CommonJS arrives wrapped in `default`, once or more often. */
function unwrapDefault(module: unknown): Record<string, unknown> {
  let value = module as Record<string, unknown>
  for (let depth = 0; depth < 5; depth += 1) {
    const inner = value.default
    if (typeof value.fetch === 'function' || METHODS.some((method) => typeof value[method] === 'function')) break
    if (typeof inner !== 'object' || inner === null) break
    value = inner as Record<string, unknown>
  }
  return value
}
