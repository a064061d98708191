import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { KeyValueList } from '@/app/_components/ui/key-value-list.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { SelectField } from '@/app/_components/ui/select-field.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import type { Place } from '@/app/_session/place.ts'
import type { Deployment } from '@/lib/domain/deployment/deployment.ts'
import { nameDeployment } from '@/lib/domain/deployment/name.ts'
import { PRIORITIES } from '@/lib/domain/monitor/severity.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { formatMomentIn } from '@/lib/domain/time/format-zoned.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { IncidentView } from '@/lib/queries/incident.ts'
import { changePriority } from '../actions.ts'

/** Runbook and deployment first, which are what one looks for; then the moments, and the rank. */
export function Facts(props: { view: IncidentView; deployment: LastDeployment; place: Place; mayAct: boolean }) {
  const { view, deployment, place, mayAct } = props
  const t = useTranslations('incident.facts')
  const { incident } = view
  const moment = (at: Instant) => formatMomentIn(place.timeZone, at, place.locale)
  const items = [
    {
      key: t('runbook'),
      value: <Runbook view={view} slug={place.slug} />,
    },
    { key: t('deployment'), value: <LastDeployed deployment={deployment} view={view} place={place} /> },
    { key: t('began'), value: moment(incident.startedAt) },
    { key: t('detected'), value: moment(incident.detectedAt) },
    ...(incident.acknowledgedAt === null
      ? []
      : [{ key: t('acknowledged'), value: `${moment(incident.acknowledgedAt)} · ${incident.acknowledgedBy}` }]),
    ...(incident.resolvedAt === null ? [] : [{ key: t('resolved'), value: moment(incident.resolvedAt) }]),
  ]
  return (
    <Section title={t('title')}>
      <div className="[&_dl>div]:sm:grid-cols-1">
        <KeyValueList items={items} />
      </div>
      {mayAct && <PriorityForm view={view} slug={place.slug} />}
    </Section>
  )
}

/** Where to read what to do; where nobody has said it, the way to say it. */
function Runbook({ view: { runbookUrl, runbookName, rules }, slug }: { view: IncidentView; slug: string }) {
  const t = useTranslations('incident.facts')
  if (runbookUrl !== null) {
    return (
      <a href={runbookUrl} target="_blank" rel="noreferrer" className="underline underline-offset-4">
        {runbookUrl.replace(/^https?:\/\//, '')}
      </a>
    )
  }
  if (runbookName !== null) return runbookName
  const [rule] = rules
  if (rule === undefined) return <span className="text-ink-muted">{t('noRunbook')}</span>
  return (
    <span className="text-ink-muted">
      {t('noRuleRunbook')}{' '}
      <Link
        href={`/${slug}/rules/${encodeURIComponent(rule.key)}/edit`}
        prefetch={false}
        className="underline underline-offset-4"
      >
        {t('setInRule')}
      </Link>
    </span>
  )
}

interface LastDeployment {
  /** What went live last before the incident began; null where nothing did. */
  last: (Deployment & { readyAt: Instant }) | null
  /** Whether any deployment was ever told. */
  isConnected: boolean
}

function LastDeployed(props: { deployment: LastDeployment; view: IncidentView; place: Place }) {
  const t = useTranslations('incident.facts')
  const { last, isConnected } = props.deployment
  const { locale, slug } = props.place
  if (last === null) {
    return <span className="text-ink-muted">{t(isConnected ? 'noDeployment' : 'notConnected')}</span>
  }
  const { startedAt } = props.view.incident
  return (
    <>
      <Link
        href={`/${slug}/deployments?environment=production`}
        prefetch={false}
        className="underline underline-offset-4"
      >
        {nameDeployment(last)}
      </Link>{' '}
      {t('before', { lasted: formatDuration(startedAt - last.readyAt, locale) })}
    </>
  )
}

function PriorityForm({ view, slug }: { view: IncidentView; slug: string }) {
  const t = useTranslations('incident.facts')
  const states = useTranslations('states.priority')
  const { incident } = view
  return (
    <ActionForm action={changePriority.bind(null, slug, incident.id)} className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <div className="flex-1">
          <SelectField
            key={incident.priority}
            name="priority"
            label={t('priority')}
            defaultValue={incident.priority}
            options={PRIORITIES.map((value) => ({ value, label: `${value} – ${states(value)}` }))}
          />
        </div>
        <SubmitButton variant="secondary" className="h-10 sm:h-8" pendingLabel={t('changing')}>
          {t('change')}
        </SubmitButton>
      </div>
    </ActionForm>
  )
}
