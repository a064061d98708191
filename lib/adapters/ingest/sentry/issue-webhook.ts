import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ERROR_LEVELS, ERROR_STATUSES, type ErrorIssueMessage } from '../../../domain/log/error-issue.ts'
import type { SeriesSamples } from '../../../domain/series/sample.ts'
import { DAY, type Instant } from '../../../domain/time/instant.ts'
import type { ReadWebhook, WebhookCall, WebhookFormat } from '../../../ports/webhook-format.ts'
import { idSchema, notAhead, optionalText, optionalUrl, timeSchema } from '../webhook/fields.ts'
import { passOver, readBody, reading } from '../webhook/read-body.ts'
import { judgeHmac } from '../webhook/signature.ts'

const level = z.enum(ERROR_LEVELS).catch('error')
const title = optionalText(300)
const count = z.coerce.number().int().nonnegative().max(1e12).nullable().catch(null)
const withSlug = z.object({ slug: optionalText(100) }).catch({ slug: '' })

/** getsentry/sentry-docs, integration-platform/webhooks/issues.mdx */
const issueSchema = z.object({
  data: z.object({
    issue: z.object({
      id: idSchema,
      shortId: optionalText(100),
      title,
      level,
      status: z.enum(ERROR_STATUSES).nullable().catch(null),
      count,
      userCount: count,
      firstSeen: timeSchema,
      lastSeen: timeSchema,
      project: withSlug,
      web_url: optionalUrl,
      permalink: optionalUrl,
    }),
  }),
})

const event = z.object({
  event_id: optionalText(64),
  issue_id: idSchema,
  title,
  level,
  release: optionalText(200),
  environment: optionalText(100),
  tags: z.array(z.tuple([z.string(), optionalText(200)])).catch([]),
  timestamp: timeSchema,
  datetime: timeSchema,
  web_url: optionalUrl,
})
/** errors.mdx, issue-alerts.mdx: one event each. */
const errorSchema = z.object({ data: z.object({ error: event }) })
const alertSchema = z.object({ data: z.object({ event }) })

/** metric-alerts.mdx */
const metricAlertSchema = z.object({
  action: z.string(),
  data: z.object({
    description_title: title,
    web_url: optionalUrl,
    metric_alert: z.object({
      id: idSchema,
      title,
      date_started: timeSchema,
      projects: z.array(z.string()).catch([]),
      alert_rule: z.object({ name: title }).catch({ name: '' }),
    }),
  }),
})

export const sentryWebhook: WebhookFormat = {
  kind: 'sentry',
  judge: ({ text, headers }, secret) =>
    judgeHmac('sha256', { text, secret, given: headers.get('sentry-hook-signature') }),
  deliveryId: ({ headers }) => headers.get('request-id'),
  read(call, receivedAt) {
    const resource = call.headers.get('sentry-hook-resource') ?? ''
    switch (resource) {
      case '':
        return { ok: false, field: 'sentry-hook-resource', message: 'is missing' }
      case 'issue':
        return readIssue(call, receivedAt)
      case 'error':
        return readBody(call.text, errorSchema, ({ data }) =>
          reading({ issues: [toIssue(data.error, receivedAt, 1)], series: [toSeries(data.error, receivedAt)] }),
        )
      case 'event_alert':
        // The same event also comes as `error`, where that is switched on: it is not counted here.
        return readBody(call.text, alertSchema, ({ data }) => reading({ issues: [toIssue(data.event, receivedAt, 0)] }))
      case 'metric_alert':
        return readMetricAlert(call, receivedAt)
      default:
        return readBody(call.text, z.object({}), () => passOver(resource))
    }
  },
}

/** When Sentry made the call: the order of its calls, whatever order they come in. */
function hookTime({ headers }: WebhookCall, receivedAt: Instant): Instant {
  const seconds = Number(headers.get('sentry-hook-timestamp') ?? Number.NaN)
  return seconds > 0 && seconds < 1e11 ? notAhead(seconds * 1_000, receivedAt) : receivedAt
}

function readIssue(call: WebhookCall, receivedAt: Instant): ReadWebhook {
  return readBody(call.text, issueSchema, ({ data: { issue } }) => {
    const message: ErrorIssueMessage = {
      kind: 'issue',
      externalId: issue.id,
      shortId: issue.shortId,
      title: issue.title,
      level: issue.level,
      status: issue.status,
      service: issue.project.slug,
      release: '',
      firstSeenAt: notAhead(issue.firstSeen, receivedAt),
      lastSeenAt: notAhead(issue.lastSeen, receivedAt),
      count: issue.count,
      users: issue.userCount,
      events: 0,
      url: issue.web_url || issue.permalink,
      at: hookTime(call, receivedAt),
    }
    return reading({ issues: [message] })
  })
}

function toIssue(told: z.output<typeof event>, receivedAt: Instant, events: number): ErrorIssueMessage {
  const at = notAhead(told.timestamp ?? told.datetime, receivedAt)
  return {
    kind: 'issue',
    externalId: told.issue_id,
    shortId: '',
    title: told.title,
    level: told.level,
    status: null,
    service: '',
    release: releaseOf(told),
    firstSeenAt: at,
    lastSeenAt: at,
    count: null,
    users: null,
    // Repetitions are known for a day: an older event may be one, and its issue brings the count by itself.
    events: receivedAt - at < DAY ? events : 0,
    url: told.web_url,
    at,
  }
}

/** One error more. Two of one millisecond must not be taken for one sample: the event's id tells them apart, the same at each repetition. */
function toSeries(told: z.output<typeof event>, receivedAt: Instant): SeriesSamples {
  const at = Math.floor(notAhead(told.timestamp ?? told.datetime, receivedAt))
  const release = releaseOf(told)
  const microsecond = createHash('md5').update(told.event_id).digest().readUInt16BE() % 1_000
  return {
    series: {
      name: 'errors',
      kind: 'counter',
      temporality: 'delta',
      unit: '{error}',
      environment: told.environment || tagOf(told, 'environment') || 'production',
      attributes: { level: told.level, ...(release === '' ? {} : { release }) },
    },
    samples: [{ at: at + microsecond / 1_000, startAt: null, value: 1 }],
  }
}

function releaseOf(told: z.output<typeof event>): string {
  return told.release || tagOf(told, 'release') || tagOf(told, 'sentry:release')
}

function tagOf({ tags }: z.output<typeof event>, name: string): string {
  return tags.find(([key]) => key === name)?.[1] ?? ''
}

function readMetricAlert(call: WebhookCall, receivedAt: Instant): ReadWebhook {
  return readBody(call.text, metricAlertSchema, ({ action, data }) => {
    const { id, date_started, alert_rule, title: name, projects } = data.metric_alert
    const at = hookTime(call, receivedAt)
    const message: ErrorIssueMessage = {
      kind: 'alert',
      externalId: `metric_alert:${id}`,
      shortId: '',
      title: alert_rule.name || data.description_title || name,
      level: action === 'critical' ? 'fatal' : 'warning',
      status: action === 'resolved' ? 'resolved' : 'unresolved',
      service: optionalText(100).parse(projects.join(', ')),
      release: '',
      firstSeenAt: notAhead(date_started, receivedAt),
      lastSeenAt: at,
      count: null,
      users: null,
      events: 0,
      url: data.web_url,
      at,
    }
    return reading({ issues: [message] })
  })
}
