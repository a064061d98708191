import { useTranslations } from 'next-intl'
import { ConfirmButton } from '@/app/_components/ui/confirm-button.client.tsx'
import { KeyValueList } from '@/app/_components/ui/key-value-list.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { Place } from '@/app/_session/place.ts'
import { writeIncidentBy, writeInhibitedBy } from '@/lib/commands/rule/together-fields.ts'
import { writeOneLine } from '@/lib/domain/rule/one-line-write.ts'
import type { UnitOf } from '@/lib/domain/rule/words.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import type { RuleLine } from '@/lib/queries/rules.ts'
import { NoiseScoreText } from '../../_parts/noise-score.tsx'
import { RuleSwitch } from '../../_parts/rule-switch.tsx'
import { remove } from '../../actions.ts'

interface RuleSideProps {
  line: RuleLine
  place: Place
  mayChange: boolean
  unitOf: UnitOf
}

/** Beside the chart: how it tells, how noisy it was, what it is called in files, and the way to switch it off or delete it. */
export function RuleSide({ line, place, mayChange, unitOf }: RuleSideProps) {
  const { rule, noise, lastFiredAt } = line
  const t = useTranslations('rules.side')
  const severities = useTranslations('monitors.severity')
  const written = writeOneLine(rule, unitOf)
  const time = (ms: number) => (ms === 0 ? t('none') : formatDuration(ms, place.locale))
  return (
    <div className="flex min-w-0 flex-col gap-8">
      <Section title={t('title')}>
        <div className="[&_dl>div]:sm:grid-cols-1">
          <KeyValueList
            items={[
              {
                key: t('fired'),
                value:
                  lastFiredAt === null ? (
                    t('never')
                  ) : (
                    <RelativeTime at={lastFiredAt} now={place.now} timeZone={place.timeZone} />
                  ),
              },
              { key: t('noise'), value: <NoiseScoreText noise={noise} /> },
              { key: t('critical'), value: severities(rule.severity.critical) },
              { key: t('warning'), value: severities(rule.severity.warning) },
              { key: t('throttle'), value: time(rule.throttleMs) },
              { key: t('repeat'), value: time(rule.repeatMs) },
              ...(rule.incidentBy === null
                ? []
                : [
                    {
                      key: t('incidentBy'),
                      value: rule.incidentBy.length === 0 ? t('alone') : writeIncidentBy(rule.incidentBy),
                    },
                  ]),
              ...(rule.inhibitedBy.length === 0
                ? []
                : [{ key: t('inhibitedBy'), value: writeInhibitedBy(rule.inhibitedBy) }]),
              { key: t('noData'), value: t(`noDataMeans.${rule.noData}`) },
              { key: t('runbook'), value: <Runbook given={rule.runbook} /> },
              { key: t('key'), value: <code className="font-mono">{rule.key}</code> },
              ...(rule.pack === null ? [] : [{ key: t('pack'), value: `${rule.pack.pack} ${rule.pack.version}` }]),
              ...(written === null
                ? []
                : [{ key: t('line'), value: <code className="font-mono text-xs">{written}</code> }]),
            ]}
          />
        </div>
      </Section>
      {mayChange && (
        <div className="flex flex-wrap items-center gap-2">
          <RuleSwitch slug={place.slug} rule={rule} />
          <ConfirmButton
            label={t('delete.label')}
            title={t('delete.title', { name: rule.name })}
            lost={t('delete.lost')}
            confirmLabel={t('delete.confirm')}
            cancelLabel={t('delete.cancel')}
            action={remove.bind(null, place.slug, rule.key)}
          />
        </div>
      )}
    </div>
  )
}

function Runbook({ given }: { given: string | null }) {
  const t = useTranslations('rules.side')
  if (given === null) return t('none')
  if (!/^https?:\/\//.test(given)) return given
  return (
    <a href={given} rel="noreferrer" className="underline underline-offset-4">
      {given}
    </a>
  )
}
