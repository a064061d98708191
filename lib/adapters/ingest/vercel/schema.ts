import { z } from 'zod'
import { missingOr } from '../first-issue.ts'
import { NO_TIME_TEXT, parseTime } from '../json/parse-time.ts'

const time = z
  .unknown()
  .optional()
  .transform((value, context) => {
    const at = parseTime(value)
    if (at === null) context.addIssue({ code: 'custom', message: value === undefined ? 'is missing' : NO_TIME_TEXT })
    return at ?? 0
  })
const optionalTime = z
  .unknown()
  .optional()
  .transform((value, context) => {
    if (value === undefined || value === null) return null
    const at = parseTime(value)
    if (at === null) context.addIssue({ code: 'custom', message: NO_TIME_TEXT })
    return at
  })
const anything = z.unknown().optional()
const word = z.string('must be text').nullish()
const status = z.number('must be a number').nullish()

/** Where a request came in. `clientIp`, `userAgent` and `referer` tell of persons and are not read. */
const proxySchema = z.object(
  {
    timestamp: optionalTime,
    method: word,
    host: word,
    path: word,
    /** What the visitor was answered; -1 for a page that was made anew in the background, after somebody got the old one. */
    statusCode: status,
    /** Of the edge, and of the function behind it. */
    region: anything,
    lambdaRegion: anything,
    responseByteSize: anything,
    pathType: anything,
    vercelCache: anything,
    vercelId: word,
    wafAction: anything,
    wafRuleId: anything,
  },
  'must be an object',
)

/**
 * One line of a drain as https://vercel.com/docs/drains/reference/logs has it. What a line cannot do without is checked; what only
 * describes it is taken as it comes, since a new kind of value there is no reason to lose the line. `ja3Digest` and `ja4Digest` are
 * fingerprints of persons' browsers and are not read.
 */
export const drainLineSchema = z.object(
  {
    id: z.string(missingOr('must be text')).min(1, 'must not be empty'),
    timestamp: time,
    source: z.string(missingOr('must be text')),
    level: word,
    message: anything,
    type: word,
    requestId: word,
    /** Of the function; -1 when it ended without an answer. */
    statusCode: status,
    /** The function's own pattern: `/users/[id]`. */
    path: word,
    entrypoint: anything,
    environment: word,
    branch: anything,
    host: anything,
    projectId: anything,
    projectName: anything,
    deploymentId: anything,
    buildId: anything,
    executionRegion: anything,
    traceId: anything,
    spanId: anything,
    'trace.id': anything,
    'span.id': anything,
    proxy: proxySchema.nullish(),
  },
  'must be an object',
)

export type DrainLine = z.output<typeof drainLineSchema>
