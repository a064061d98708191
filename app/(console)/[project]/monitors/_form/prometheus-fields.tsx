import { CheckboxField } from '@/app/_components/ui/checkbox-field.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'
import { boxOf, type FormContext, textOf } from './form-context.ts'
import { FieldRow, FormGroup } from './form-group.tsx'
import { HttpSecrets } from './secret-fields.tsx'

/** What must hold of the metrics of an address, how it is asked, and whether they are kept. */
export function PrometheusFields({ form }: { form: FormContext }) {
  const { groups } = form.texts
  return (
    <>
      <FormGroup title={groups.answer.title} text={groups.answer.prometheus}>
        <TextareaField {...textOf(form, 'samples')} mono rows={3} placeholder={'queue_length{queue="mail"} < 100'} />
        <FieldRow>
          <TextField {...textOf(form, 'latencyMs')} inputMode="numeric" suffix="ms" />
        </FieldRow>
      </FormGroup>
      <FormGroup title={groups.collect.title} text={groups.collect.text}>
        <CheckboxField {...boxOf(form, 'collect')} />
        <TextField
          {...textOf(form, 'include')}
          autoCapitalize="none"
          spellCheck={false}
          placeholder="http_*, process_cpu_seconds_total"
        />
      </FormGroup>
      <FormGroup title={groups.request.title} text={groups.request.text}>
        <HttpSecrets form={form} />
        <CheckboxField {...boxOf(form, 'verifyTls')} />
      </FormGroup>
    </>
  )
}
