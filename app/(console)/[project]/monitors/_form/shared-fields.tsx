import { TextField } from '@/app/_components/ui/text-field.tsx'
import type { MonitorKind } from '@/lib/domain/monitor/config.ts'
import { SEVERITIES } from '@/lib/domain/monitor/severity.ts'
import { type FormContext, hasErrorIn, textOf } from './form-context.ts'
import { DurationField, FieldRow, FormGroup, MoreFields } from './form-group.tsx'
import { RegionFields } from './region-fields.tsx'

const FILING = ['key', 'tags', 'groupName', 'runbookUrl', 'dependsOn']

/** How often it is looked at, and how sure Vigie must be before it says anything. */
export function RhythmFields({ form, kind }: { form: FormContext; kind: MonitorKind }) {
  const { groups } = form.texts
  if (kind === 'heartbeat') return null
  return (
    <FormGroup title={groups.rhythm.title} text={groups.rhythm.text}>
      <FieldRow>
        <DurationField form={form} name="interval" />
        <TextField {...textOf(form, 'timeout')} inputMode="decimal" suffix="s" />
      </FieldRow>
      <FieldRow>
        <TextField {...textOf(form, 'confirmFailures')} inputMode="numeric" />
        <TextField {...textOf(form, 'confirmSuccesses')} inputMode="numeric" />
      </FieldRow>
      <RegionFields form={form} />
    </FormGroup>
  )
}

/** How much it hurts, and who hears of it. */
export function TellingFields({ form }: { form: FormContext }) {
  const { groups, severities, fields, channelKinds, switchedOff } = form.texts
  const chosen = (form.values.notify ?? '').split(',')
  return (
    <FormGroup title={groups.telling.title} text={groups.telling.text}>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{fields.severity.label}</legend>
        <div className="divide-y divide-line rounded-md border border-line-strong bg-surface">
          {SEVERITIES.toReversed().map((severity) => (
            <label key={severity} className="flex cursor-pointer items-start gap-3 px-3 py-2 has-checked:bg-subtle">
              <input
                type="radio"
                name="severity"
                value={severity}
                defaultChecked={(form.values.severity ?? 'high') === severity}
                className="mt-0.5 size-4 shrink-0 accent-ink"
              />
              <span className="min-w-0">
                <span className="font-medium">{severities[severity].label}</span>{' '}
                <span className="text-ink-muted max-sm:block">{severities[severity].text}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="text-sm font-medium">{fields.notify.label}</legend>
        <p className="mb-2 text-sm text-ink-muted">
          {form.channels.length === 0 ? form.texts.noChannels : fields.notify.hint}
        </p>
        <div className="grid gap-2 sm:grid-cols-2">
          {form.channels.map((channel) => (
            <label key={channel.id} className="flex items-start gap-2">
              <input
                type="checkbox"
                name="notify"
                value={channel.id}
                defaultChecked={chosen.includes(channel.id)}
                className="mt-0.5 size-4 shrink-0 accent-ink"
              />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {channel.name}{' '}
                <span className="text-sm text-ink-muted">
                  {channelKinds[channel.kind]}
                  {!channel.enabled && `, ${switchedOff}`}
                </span>
              </span>
            </label>
          ))}
        </div>
        {form.errors.notify && <p className="mt-1 text-sm font-medium text-degraded">{form.errors.notify}</p>}
      </fieldset>
    </FormGroup>
  )
}

/** Under what it is found. */
export function FilingFields({ form, isNew }: { form: FormContext; isNew: boolean }) {
  const { groups } = form.texts
  return (
    <FormGroup title={groups.filing.title} text={groups.filing.text}>
      <MoreFields label={groups.filing.more} open={!isNew || hasErrorIn(form, FILING)}>
        <FieldRow>
          <TextField {...textOf(form, 'tags')} />
          <TextField {...textOf(form, 'groupName')} />
        </FieldRow>
        <TextField {...textOf(form, 'runbookUrl')} inputMode="url" autoCapitalize="none" spellCheck={false} />
        <TextField {...textOf(form, 'dependsOn')} autoCapitalize="none" spellCheck={false} />
        <TextField {...textOf(form, 'key')} autoCapitalize="none" spellCheck={false} className="font-mono sm:text-sm" />
      </MoreFields>
    </FormGroup>
  )
}
