import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { StateBadge } from '@/app/_components/ui/state-badge.tsx'
import type { Place } from '@/app/_session/place.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import type { AffectedMonitor, AffectedRule, IncidentView } from '@/lib/queries/incident.ts'

/** Monitors and rules of the incident, and whether each still fails or fires. */
export function Affected({ view, place }: { view: IncidentView; place: Place }) {
  const t = useTranslations('incident.affected')
  const { affected, rules } = view
  return (
    <>
      {affected.length === 0 && rules.length > 0 ? null : (
        <Section title={t('title')}>
          {affected.length === 0 ? (
            <p className="text-ink-muted">{t('deleted')}</p>
          ) : (
            <ul className="divide-y divide-line border-y border-line">
              {affected.map((monitor) => (
                <Row key={monitor.key} monitor={monitor} place={place} />
              ))}
            </ul>
          )}
        </Section>
      )}
      {rules.length > 0 && <AffectedRules rules={rules} place={place} />}
    </>
  )
}

function Row({ monitor, place }: { monitor: AffectedMonitor; place: Place }) {
  const t = useTranslations('incident.affected')
  const lasted = formatDuration((monitor.until ?? place.now) - monitor.since, place.locale)
  return (
    <li className="relative flex flex-col py-2 hover:bg-subtle">
      <span className="flex items-center justify-between gap-3">
        <Link
          href={`/${place.slug}/monitors/${monitor.key}`}
          prefetch={false}
          className="covers-row min-w-0 truncate font-medium"
        >
          {monitor.name}
        </Link>
        <StateBadge state={monitor.isFailing ? 'down' : 'up'} plain />
      </span>
      <span className="text-sm text-ink-muted">
        {t(monitor.isFailing ? 'failing' : 'recovered', { lasted })}
        {monitor.times > 1 && ` · ${t('times', { count: monitor.times })}`}
      </span>
    </li>
  )
}

/** Rules of the incident by group, and whether each still fires. */
function AffectedRules({ rules, place }: { rules: readonly AffectedRule[]; place: Place }) {
  const t = useTranslations('incident.affected')
  return (
    <Section title={t('rules')}>
      <ul className="divide-y divide-line border-y border-line">
        {rules.map((rule) => (
          <RuleRow key={`${rule.key} ${rule.group}`} rule={rule} place={place} />
        ))}
      </ul>
    </Section>
  )
}

function RuleRow({ rule, place }: { rule: AffectedRule; place: Place }) {
  const t = useTranslations('incident.affected')
  const { level, isFiring, until, since, times, group, name, told } = rule
  const lasted = formatDuration((until ?? place.now) - since, place.locale)
  const mark = isFiring ? MARKS[level] : MARKS.normal
  return (
    <li className="relative flex flex-col py-2 hover:bg-subtle">
      <span className="flex items-center justify-between gap-3">
        <Link
          href={`/${place.slug}/rules/${rule.key}`}
          prefetch={false}
          className="covers-row min-w-0 truncate font-medium"
        >
          {group === '' ? name : `${name} (${group})`}
        </Link>
        <span className={`flex shrink-0 items-center gap-1.5 ${mark.tone}`}>
          <Icon name={mark.icon} />
          {t(`levels.${isFiring ? level : 'normal'}`)}
        </span>
      </span>
      <span className="text-sm text-ink-muted">
        {t(isFiring ? 'fires' : 'fired', { lasted })}
        {times > 1 && ` · ${t('times', { count: times })}`}
      </span>
      {told !== null && (
        <span lang="en" className="text-sm text-ink-muted [overflow-wrap:anywhere]">
          {told}
        </span>
      )}
    </li>
  )
}

const MARKS = {
  critical: { icon: 'siren', tone: 'text-down' },
  warning: { icon: 'info', tone: 'text-degraded' },
  normal: { icon: 'circle-check', tone: 'text-up' },
} as const
