import { useTranslations } from 'next-intl'
import { type Column, DataTable } from '@/app/_components/ui/data-table.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { StateBadge } from '@/app/_components/ui/state-badge.tsx'
import type { Place } from '@/app/_session/place.ts'
import { describeFailure } from '@/lib/domain/notification/failure-text.ts'
import type { Evidence as Attempt } from '@/lib/domain/notification/message.ts'
import { wordsOf } from '@/lib/domain/notification/text.ts'
import { formatLatency } from '@/lib/domain/rollup/format-figures.ts'
import { formatTimeWithSecondsIn } from '@/lib/domain/time/format-zoned.ts'
import { fromIso } from '@/lib/domain/time/instant.ts'
import type { IncidentView } from '@/lib/queries/incident.ts'

/** The attempts that decided, as they were seen: what was asked for and what came. */
export function Evidence({ view, place }: { view: IncidentView; place: Place }) {
  const t = useTranslations('incident.evidence')
  const columns = useColumns(place)
  if (view.evidence === null) return null
  const { attempts, monitorName } = view.evidence
  return (
    <Section title={t('title')} description={t('lead', { monitor: monitorName, count: attempts.length })}>
      <DataTable caption={t('title')} columns={columns} rows={attempts} rowKey={({ at }) => at} />
    </Section>
  )
}

function useColumns({ timeZone, locale }: Place): Column<Attempt>[] {
  const t = useTranslations('incident.evidence')
  return [
    {
      key: 'at',
      header: t('time'),
      phone: 'plain',
      width: '5.5rem',
      cell: ({ at }) => (
        <time dateTime={at} className="tabular-nums">
          {formatTimeWithSecondsIn(timeZone, fromIso(at))}
        </time>
      ),
    },
    {
      key: 'verdict',
      header: t('verdict'),
      phone: 'aside',
      width: '7rem',
      cell: ({ verdict }) => <StateBadge state={verdict} plain />,
    },
    { key: 'found', header: t('found'), phone: 'title', cell: (attempt) => <Found attempt={attempt} place={locale} /> },
    {
      key: 'latency',
      header: t('latency'),
      align: 'right',
      phone: 'plain',
      width: '6rem',
      cell: ({ latencyMs }) => formatLatency(latencyMs, locale),
    },
  ]
}

/** Why, in a clause, and each assertion as found against expected; without assertions, the prober's own sentence where it can be read. */
function Found({ attempt, place: locale }: { attempt: Attempt; place: Place['locale'] }) {
  const t = useTranslations('incident.evidence')
  const words = wordsOf(locale)
  const isSpelledOut = attempt.failures.length > 0
  const clause = attempt.verdict === 'up' ? t('fine') : describeFailure(attempt, words)
  return (
    <div className="min-w-0 py-0.5 [overflow-wrap:anywhere]">
      <p>{isSpelledOut || locale !== 'en' ? clause : attempt.message || clause}</p>
      {attempt.failures.map((failure) => (
        <p key={`${failure.subject} ${failure.expected}`} className="font-mono text-sm text-ink-muted">
          {words.found(failure)}
        </p>
      ))}
      {attempt.regions !== undefined && attempt.regions.length > 1 && (
        <p className="flex flex-wrap gap-x-3 text-sm text-ink-muted">
          {attempt.regions.map(({ region, verdict }) => (
            <span key={region} className="inline-flex items-center gap-1.5">
              <code className="font-mono">{region}</code>
              <StateBadge state={verdict} plain />
            </span>
          ))}
        </p>
      )}
    </div>
  )
}
