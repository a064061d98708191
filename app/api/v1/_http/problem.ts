const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'In conflict with what is there',
  413: 'Too large',
  422: 'Wrong values',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available at the moment',
}

interface ProblemDetails {
  /** What happened and what to do, for people. */
  detail: string
  /** One entry a wrong field; the first member of each is `field`. */
  errors?: readonly { field: string; message: string }[]
  headers?: Record<string, string>
}

/** An error as RFC 9457 describes it, `application/problem+json`. The request id is added by whoever sends it. */
export function problem(status: number, { detail, errors, headers }: ProblemDetails): Response {
  const body = { type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail, ...(errors ? { errors } : {}) }
  return Response.json(body, { status, headers: { ...headers, 'content-type': 'application/problem+json' } })
}

/** So many wrong fields are said in the sentence; the list has them all. */
const MAX_SAID = 3

/** 422 that names every wrong field. */
export function refuseFields(errors: readonly { field: string; message: string }[]): Response {
  const said = errors.slice(0, MAX_SAID).map(({ field, message }) => (field === '' ? message : `${field} ${message}`))
  const more = errors.length > said.length ? `; and ${errors.length - said.length} more` : ''
  return problem(422, { detail: `${said.join('; ')}${more}`, errors })
}
