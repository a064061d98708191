import { useTranslations } from 'next-intl'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { Icon } from '@/app/_components/ui/icon.tsx'
import { IncidentStatus } from '@/app/_components/ui/incident-status.tsx'
import { PriorityBadge } from '@/app/_components/ui/priority-badge.tsx'
import { RunningDuration } from '@/app/_components/ui/running-duration.client.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { decisiveEvidence, describeFailure } from '@/lib/domain/notification/failure-text.ts'
import { wordsOf } from '@/lib/domain/notification/text.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { Locale } from '@/lib/domain/time/locale.ts'
import type { LinkedIncident } from '@/lib/ports/acknowledge-link.ts'
import { titleIn } from '@/lib/queries/incident-title.ts'
import { acknowledge } from './actions.ts'

/** What is wrong, since when, and the one thing to do about it; or who has done it already. */
export function LinkedIncidentView(props: { incident: LinkedIncident; token: string; now: Instant; locale: Locale }) {
  const { incident, token, now, locale } = props
  const t = useTranslations('ack')
  const { timeZone } = incident.project
  const since = formatBriefIn(timeZone, incident.startedAt, now, locale)
  return (
    <>
      <div className="flex flex-col gap-3">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-lg">
          <PriorityBadge priority={incident.priority} />
          <span className="text-ink-muted tabular-nums">#{incident.number}</span>
          <IncidentStatus status={incident.status} />
        </p>
        <h1 className="text-2xl font-semibold tracking-tight [overflow-wrap:anywhere]">
          {titleIn(locale, incident.title)}
        </h1>
        <p className="text-lg [overflow-wrap:anywhere]">{reasonOf(incident, locale)}</p>
        <p className="text-lg text-ink-muted">
          {t('since', { since, zone: timeZone })}{' '}
          {incident.resolvedAt === null ? (
            <RunningDuration since={incident.startedAt} now={now} locale={locale} />
          ) : (
            formatDuration(incident.resolvedAt - incident.startedAt, locale)
          )}
        </p>
        {incident.flapping && <p className="text-lg text-degraded">{t('flapping')}</p>}
      </div>
      {incident.status === 'triggered' ? (
        <ActionForm action={acknowledge.bind(null, token)} className="flex flex-col gap-3">
          <SubmitButton size="large" className="h-14 w-full text-xl" pendingLabel={t('acknowledging')}>
            {t('acknowledge')}
          </SubmitButton>
          <p className="text-ink-muted">{t('means', { channel: incident.channelName })}</p>
        </ActionForm>
      ) : (
        <Outcome incident={incident} now={now} locale={locale} />
      )}
      <a
        href={`/${incident.project.slug}/incidents/${incident.number}`}
        className="self-start text-lg underline underline-offset-4"
      >
        {t('open')}
      </a>
    </>
  )
}

function Outcome({ incident, now, locale }: { incident: LinkedIncident; now: Instant; locale: Locale }) {
  const t = useTranslations('ack')
  const moment = (at: Instant) => formatBriefIn(incident.project.timeZone, at, now, locale)
  const { status, acknowledgedAt, acknowledgedBy, resolvedAt, resolvedBy } = incident
  const text =
    status === 'resolved'
      ? resolvedBy === 'vigie'
        ? t('recovered', { at: moment(resolvedAt ?? now) })
        : t('closed', { at: moment(resolvedAt ?? now), person: resolvedBy ?? '' })
      : t('acknowledged', { at: moment(acknowledgedAt ?? now), person: acknowledgedBy ?? '' })
  return (
    <p role="status" className="flex items-start gap-3 rounded-lg border border-up/40 bg-up-subtle px-4 py-4 text-lg">
      <Icon name="circle-check" className="mt-1 text-up" />
      <span className="min-w-0 [overflow-wrap:anywhere]">{text}</span>
    </p>
  )
}

/** The prober's sentence is English; other languages say the same in a clause made of the evidence. */
function reasonOf({ reason, evidence }: LinkedIncident, locale: Locale): string {
  const decisive = decisiveEvidence(evidence)
  return locale === 'en' || decisive === null ? reason : describeFailure(decisive, wordsOf(locale))
}
