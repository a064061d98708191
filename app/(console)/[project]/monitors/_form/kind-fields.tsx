import { SelectField } from '@/app/_components/ui/select-field.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'
import type { MonitorKind } from '@/lib/domain/monitor/config.ts'
import { DNS_RECORD_TYPES } from '@/lib/domain/monitor/limits.ts'
import { type FormContext, textOf } from './form-context.ts'
import { DurationField, FieldRow, FormGroup } from './form-group.tsx'
import { HttpFields } from './http-fields.tsx'
import { PrometheusFields } from './prometheus-fields.tsx'
import { PostgresSecret } from './secret-fields.tsx'

const PLAIN = { autoCapitalize: 'none', spellCheck: false } as const

/** Where the target is: what stands right under the name. */
export function TargetFields({ form, kind }: { form: FormContext; kind: MonitorKind }) {
  switch (kind) {
    case 'http':
      return (
        <TextField {...textOf(form, 'url')} {...PLAIN} inputMode="url" placeholder="https://shop.example.com/health" />
      )
    case 'prometheus':
      return (
        <TextField {...textOf(form, 'url')} {...PLAIN} inputMode="url" placeholder="https://api.example.com/metrics" />
      )
    case 'status_page':
      return <TextField {...textOf(form, 'url')} {...PLAIN} inputMode="url" placeholder="https://status.supabase.com" />
    case 'tcp':
    case 'tls':
    case 'postgres':
      return (
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_8rem]">
          <TextField {...textOf(form, 'host')} {...PLAIN} placeholder="db.example.com" />
          <TextField {...textOf(form, 'port')} inputMode="numeric" />
        </div>
      )
    case 'dns':
      return (
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_8rem]">
          <TextField {...textOf(form, 'host')} {...PLAIN} placeholder="example.com" />
          <SelectField
            {...textOf(form, 'recordType')}
            options={DNS_RECORD_TYPES.map((type) => ({ value: type, label: type }))}
          />
        </div>
      )
    case 'heartbeat':
      return null
  }
}

/** What the answer of a target of this kind must be, in groups of their own. */
export function ExpectFields({ form, kind }: { form: FormContext; kind: MonitorKind }) {
  const { groups } = form.texts
  switch (kind) {
    case 'http':
      return <HttpFields form={form} />
    case 'tcp':
      return (
        <FormGroup title={groups.answer.title} text={groups.answer.tcp}>
          <FieldRow>
            <TextField {...textOf(form, 'latencyMs')} inputMode="numeric" suffix="ms" />
          </FieldRow>
        </FormGroup>
      )
    case 'tls':
      return (
        <FormGroup title={groups.answer.title} text={groups.answer.tls}>
          <FieldRow>
            <TextField {...textOf(form, 'certificateDays')} inputMode="numeric" suffix={form.texts.days} />
          </FieldRow>
        </FormGroup>
      )
    case 'dns':
      return (
        <FormGroup title={groups.answer.title} text={groups.answer.dns}>
          <TextareaField {...textOf(form, 'expectValues')} mono />
          <TextField {...textOf(form, 'resolver')} {...PLAIN} placeholder="1.1.1.1" />
        </FormGroup>
      )
    case 'postgres':
      return <PostgresFields form={form} />
    case 'prometheus':
      return <PrometheusFields form={form} />
    case 'status_page':
      return (
        <FormGroup title={groups.answer.title} text={groups.answer.status_page}>
          <TextareaField {...textOf(form, 'components')} rows={3} />
        </FormGroup>
      )
    case 'heartbeat':
      return <HeartbeatFields form={form} />
  }
}

function PostgresFields({ form }: { form: FormContext }) {
  const { groups, tlsModes } = form.texts
  return (
    <FormGroup title={groups.postgres.title} text={groups.postgres.text}>
      <FieldRow>
        <TextField {...textOf(form, 'database')} {...PLAIN} />
        <TextField {...textOf(form, 'user')} {...PLAIN} autoComplete="off" />
      </FieldRow>
      <PostgresSecret form={form} />
      <SelectField
        {...textOf(form, 'tls')}
        options={(['disable', 'require', 'verify'] as const).map((mode) => ({ value: mode, label: tlsModes[mode] }))}
      />
      <TextareaField {...textOf(form, 'query')} mono rows={2} />
      <FieldRow>
        <TextField {...textOf(form, 'latencyMs')} inputMode="numeric" suffix="ms" />
      </FieldRow>
    </FormGroup>
  )
}

function HeartbeatFields({ form }: { form: FormContext }) {
  const { groups } = form.texts
  return (
    <FormGroup title={groups.heartbeat.title} text={groups.heartbeat.text}>
      <FieldRow>
        <DurationField form={form} name="period" />
        <DurationField form={form} name="grace" />
      </FieldRow>
      <FieldRow>
        <TextField {...textOf(form, 'cron')} {...PLAIN} placeholder="30 2 * * *" className="font-mono" />
        <TextField {...textOf(form, 'timeZone')} {...PLAIN} placeholder="Europe/Paris" />
      </FieldRow>
    </FormGroup>
  )
}
