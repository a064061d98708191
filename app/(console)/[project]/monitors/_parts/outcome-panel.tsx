import { type PhaseName, PlainPhaseBar } from '@/app/_components/charts/plain-phase-bar.tsx'
import { KeyValueList } from '@/app/_components/ui/key-value-list.tsx'
import { StateShape } from '@/app/_components/ui/state-shape.tsx'
import { formatLatency } from '@/lib/domain/rollup/format-figures.ts'
import { formatDateIn } from '@/lib/domain/time/format-zoned.ts'
import type { Locale } from '@/lib/domain/time/locale.ts'
import type { ShownOutcome } from '@/lib/queries/monitor.ts'
import type en from '@/messages/en/monitor.json'

/** Texts of the panel with those of the phases and verdicts, so that it can be drawn by the server and by the browser. */
export type OutcomeTexts = (typeof en)['outcome'] & {
  phases: Record<PhaseName, string>
  notReached: string
  verdicts: Record<'up' | 'degraded' | 'down', string>
}

const TONES = { up: 'text-up', degraded: 'text-degraded', down: 'text-down' }

/** One probe in full: what came of it, where the time went, what was expected and what came instead, and the certificate. */
export function OutcomePanel(props: {
  shown: ShownOutcome
  texts: OutcomeTexts
  locale: Locale
  timeZone: string
  note?: string | undefined
}) {
  const { texts, locale } = props
  const { outcome, problem, failures, seen } = props.shown
  const hasPhases = Object.keys(outcome.phases).length > 0
  return (
    <div className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4">
      <div>
        <p className={`flex items-center gap-2 font-medium ${TONES[outcome.verdict]}`}>
          <StateShape state={outcome.verdict} />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {texts.verdicts[outcome.verdict]}
            {problem && `${texts.colon} ${problem}`}
          </span>
        </p>
        {props.note && <p className="mt-1 text-sm text-ink-muted">{props.note}</p>}
      </div>
      {hasPhases && (
        <PlainPhaseBar phases={outcome.phases} names={texts.phases} notReached={texts.notReached} locale={locale} />
      )}
      {failures.length > 0 && (
        <table className="w-full text-left">
          <caption className="sr-only">{texts.failures}</caption>
          <thead>
            <tr className="text-sm text-ink-muted">
              {[texts.checked, texts.expected, texts.got].map((header) => (
                <th key={header} scope="col" className="border-b border-line py-1 pr-4 font-normal">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {failures.map(({ subject, expected, got }) => (
              <tr key={`${subject} ${expected}`} className="align-top [overflow-wrap:anywhere]">
                <td className="py-1.5 pr-4">{subject}</td>
                <td className="py-1.5 pr-4">{expected}</td>
                <td className="py-1.5 font-medium">{got}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {seen.length > 0 && <Seen seen={seen} title={texts.seen} />}
      <Facts {...props} />
      {outcome.bodyExcerpt && (
        <details className="text-sm">
          <summary className="inline-block rounded-sm text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
            {texts.body}
          </summary>
          <pre className="mt-2 rounded-md bg-subtle p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
            {outcome.bodyExcerpt}
          </pre>
        </details>
      )}
    </div>
  )
}

/** What the probe saw besides its verdict; a row may lead to where there is more. */
function Seen({ seen, title }: { seen: ShownOutcome['seen']; title: string }) {
  return (
    <table className="w-full text-left">
      <caption className="pb-1 text-left text-sm text-ink-muted">{title}</caption>
      <tbody className="divide-y divide-line border-y border-line">
        {seen.map(({ subject, value, url }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two incidents may have one title, and rows never move
          <tr key={index} className="align-top [overflow-wrap:anywhere]">
            <th scope="row" className="w-1/2 py-1.5 pr-4 font-normal">
              {subject}
            </th>
            <td className="py-1.5 font-medium">
              {url ? (
                <a href={url} rel="noreferrer" className="underline underline-offset-4">
                  {value}
                </a>
              ) : (
                value
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Facts({ shown, texts, locale, timeZone }: Parameters<typeof OutcomePanel>[0]) {
  const { outcome, certificateDaysLeft } = shown
  const { certificate } = outcome
  const items = [
    { key: texts.status, value: outcome.statusCode },
    { key: texts.duration, value: outcome.durationMs > 0 ? formatLatency(outcome.durationMs, locale) : null },
    { key: texts.address, value: outcome.remoteAddress },
    { key: texts.bytes, value: outcome.bytes == null ? null : formatBytes(outcome.bytes, locale) },
    {
      key: texts.certificate,
      value: certificate && (
        <>
          {texts.expires
            .replace('{date}', formatDateIn(timeZone, certificate.expiresAt, locale))
            .replace('{days}', String(certificateDaysLeft))}
          <span className="block text-sm text-ink-muted">
            {certificate.subject} · {certificate.issuer}
          </span>
        </>
      ),
    },
  ]
  // A result that an older version stored may lack what this one shows.
  const known = items.filter(({ value }) => value != null)
  return known.length === 0 ? null : <KeyValueList items={known} />
}

/** Three significant digits in the largest fitting binary unit. */
function formatBytes(bytes: number, locale: Locale): string {
  const units = locale === 'fr' ? ['o', 'Kio', 'Mio'] : ['B', 'KiB', 'MiB']
  const power = Math.min(units.length - 1, bytes < 1_024 ? 0 : bytes < 1_048_576 ? 1 : 2)
  const value = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(bytes / 1_024 ** power)
  return `${value}\u00a0${units[power]}`
}
