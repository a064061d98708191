const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Wrong values',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available at the moment',
}

export interface ProblemDetails {
  /** What happened and what to do, for people. */
  detail: string
  /** One entry a wrong field. */
  errors?: readonly { field: string; message: string }[]
  headers?: Record<string, string>
}

/**
 * An error as RFC 9457 describes it, `application/problem+json`. `message` repeats the sentence for OTLP's exporters, whose errors are
 * `google.rpc.Status`, which has it there; neither minds the other's members.
 */
export function problem(status: number, { detail, errors, headers }: ProblemDetails): Response {
  const title = TITLES[status] ?? 'Error'
  const body = { type: 'about:blank', title, status, detail, message: detail, ...(errors ? { errors } : {}) }
  return Response.json(body, { status, headers: { ...headers, 'content-type': 'application/problem+json' } })
}
