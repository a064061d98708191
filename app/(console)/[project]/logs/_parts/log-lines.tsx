import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { type Level, levelOf } from '@/lib/domain/log/level.ts'
import type { ListedLine } from '@/lib/domain/log/search.ts'
import { formatBriefIn, formatTimeWithSecondsIn } from '@/lib/domain/time/format-zoned.ts'
import { type Instant, toIso } from '@/lib/domain/time/instant.ts'
import type { LogRequest } from '@/lib/queries/logs.ts'
import { logsHref } from '../_request.ts'

interface Props {
  lines: readonly ListedLine[]
  path: string
  request: LogRequest
  timeZone: string
  now: Instant
}

/** Nothing here is "down now", so that nothing is red: the worst is what most needs a look. */
const TONES: Record<Level, string> = {
  trace: 'text-ink-faint',
  debug: 'text-ink-faint',
  info: 'text-ink-muted',
  warn: 'text-degraded',
  error: 'font-medium text-degraded',
  fatal: 'font-semibold text-degraded',
}

/** A row a line; what else is known about it opens below it. */
export function LogLines({ lines, path, request, timeZone, now }: Props) {
  const locale = useLocale()
  return (
    <ol className="divide-y divide-line border-y border-line">
      {lines.map((line) => {
        const level = levelOf(line.severity)
        return (
          <li key={`${line.at} ${line.id}`}>
            <details className="group">
              <summary className="grid cursor-default grid-cols-[auto_auto_1fr] items-baseline gap-x-3 py-1.5 hover:bg-subtle max-sm:grid-cols-[auto_1fr]">
                <time
                  dateTime={toIso(line.at)}
                  title={formatBriefIn(timeZone, line.at, now, locale)}
                  className="text-sm text-ink-muted tabular-nums"
                >
                  {formatTimeWithSecondsIn(timeZone, line.at)}
                </time>
                <span className={`w-12 text-sm ${TONES[level]}`}>{level.toUpperCase()}</span>
                <span className="min-w-0 font-mono text-sm max-sm:col-span-2 [overflow-wrap:anywhere] group-open:whitespace-pre-wrap group-[:not([open])]:line-clamp-2">
                  {line.service !== '' && <span className="text-ink-muted">{line.service} </span>}
                  {line.message}
                </span>
              </summary>
              <Details line={line} path={path} request={request} />
            </details>
          </li>
        )
      })}
    </ol>
  )
}

function Details({ line, path, request }: Pick<Props, 'path' | 'request'> & { line: ListedLine }) {
  const t = useTranslations('logs.line')
  const { requestId, userId, traceId, environment } = line
  const facts = [
    ['environment', environment],
    ['trace_id', traceId],
    ['user_id', userId],
    ...Object.entries(line.attributes),
  ].filter((fact): fact is [string, string] => fact[1] !== null)
  return (
    <dl className="grid grid-cols-[minmax(8rem,auto)_1fr] gap-x-4 gap-y-1 bg-subtle px-3 py-2 text-sm">
      {requestId !== null && (
        <>
          <dt className="text-ink-muted">request_id</dt>
          <dd>
            <Link
              href={logsHref(path, request, {
                request: requestId,
                q: null,
                level: null,
                status: null,
                service: null,
                below: null,
              })}
              prefetch={false}
              className="font-mono underline decoration-line-strong underline-offset-4 [overflow-wrap:anywhere]"
            >
              {requestId}
            </Link>{' '}
            <span className="text-ink-muted">{t('sameRequest')}</span>
          </dd>
        </>
      )}
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-muted [overflow-wrap:anywhere]">{name}</dt>
          <dd className="font-mono [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
