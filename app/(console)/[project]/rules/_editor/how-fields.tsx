import { useTranslations } from 'next-intl'
import { CheckboxField } from '@/app/_components/ui/checkbox-field.tsx'
import { SelectField } from '@/app/_components/ui/select-field.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import type { RuleDraft } from '@/lib/commands/rule/rule-draft.ts'
import { SEVERITIES } from '@/lib/domain/monitor/severity.ts'
import { NO_DATA } from '@/lib/domain/rule/rule.ts'
import type { ListedChannel } from '@/lib/ports/channel-reader.ts'
import { fieldOf } from './field-of.ts'

/** What stands behind "More settings" is shown when something is wrong with it. */
const FIELDS_OF_MORE = [
  'throttle',
  'repeat',
  'incidentBy',
  'inhibitedBy',
  'key',
  'labels',
  'runbook',
  'keepFiringFor',
  'groupLimit',
]

/** How it is called and told: name, severities, channels, and how often. */
export function HowFields(props: {
  draft: RuleDraft
  errors: Record<string, string>
  channels: readonly ListedChannel[]
  isNew: boolean
}) {
  const { draft, errors, channels, isNew } = props
  const t = useTranslations('rules.how')
  const severities = useTranslations('monitors.severity')
  const field = fieldOf(draft, errors)
  const options = SEVERITIES.toReversed().map((value) => ({ value, label: severities(value) }))
  return (
    <section aria-labelledby="how" className="flex max-w-3xl flex-col gap-5">
      <h2 id="how" className="text-base font-semibold">
        {t('title')}
      </h2>
      <TextField {...field('name')} label={t('name')} hint={t('nameHint')} maxLength={120} />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField {...field('severityCritical')} label={t('severityCritical')} options={options} />
        <SelectField {...field('severityWarning')} label={t('severityWarning')} options={options} />
      </div>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm font-medium">{t('channels')}</legend>
        <p className="text-sm text-ink-muted">{t(channels.length === 0 ? 'noChannel' : 'channelsHint')}</p>
        {channels.map(({ id, name }) => (
          <CheckboxField
            key={id}
            idPrefix={`channel-${id}`}
            name="channel"
            value={id}
            defaultChecked={draft.channels.includes(id)}
            label={name}
          />
        ))}
      </fieldset>
      <details open={!isNew || FIELDS_OF_MORE.some((name) => errors[name])}>
        <summary className="text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
          {t('more')}
        </summary>
        <div className="mt-4 grid items-start gap-4 sm:grid-cols-2">
          <SelectField
            {...field('noData')}
            label={t('noData')}
            hint={t('noDataHint')}
            options={NO_DATA.map((value) => ({ value, label: t(`noDataMeans.${value}`) }))}
          />
          <TextField {...field('keepFiringFor')} label={t('keepFiringFor')} hint={t('keepFiringForHint')} />
          {draft.mode === 'sentence' && (
            <>
              <TextField {...field('criticalRecovery')} label={t('criticalRecovery')} hint={t('recoveryHint')} />
              <TextField {...field('warningRecovery')} label={t('warningRecovery')} hint={t('recoveryHint')} />
            </>
          )}
          <TextField {...field('throttle')} label={t('throttle')} hint={t('throttleHint')} />
          <TextField {...field('repeat')} label={t('repeat')} hint={t('repeatHint')} />
          <TextField {...field('incidentBy')} label={t('incidentBy')} hint={t('incidentByHint')} />
          <TextField {...field('inhibitedBy')} label={t('inhibitedBy')} hint={t('inhibitedByHint')} />
          <TextField {...field('runbook')} label={t('runbook')} hint={t('runbookHint')} />
          <TextField {...field('labels')} label={t('labels')} hint={t('labelsHint')} />
          <TextField {...field('groupLimit')} label={t('groupLimit')} hint={t('groupLimitHint')} inputMode="numeric" />
          {isNew && <TextField {...field('key')} label={t('key')} hint={t('keyHint')} className="font-mono" />}
        </div>
      </details>
    </section>
  )
}
