import { CheckboxField } from '@/app/_components/ui/checkbox-field.tsx'
import { SelectField } from '@/app/_components/ui/select-field.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'
import { AssertionRows } from './assertion-rows.tsx'
import { boxOf, type FormContext, hasErrorIn, textOf } from './form-context.ts'
import { FieldRow, FormGroup, MoreFields } from './form-group.tsx'
import { HttpSecrets } from './secret-fields.tsx'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const REQUEST = ['method', 'headers', 'body', 'maxRedirects', 'maxBodyKb']

/** What is asked of a web address, and what its answer must be. */
export function HttpFields({ form }: { form: FormContext }) {
  const { groups } = form.texts
  return (
    <>
      <FormGroup title={groups.answer.title} text={groups.answer.text}>
        <FieldRow>
          <TextField {...textOf(form, 'expectStatus')} autoCapitalize="none" spellCheck={false} />
          <TextField {...textOf(form, 'latencyMs')} inputMode="numeric" suffix="ms" />
        </FieldRow>
        <FieldRow>
          <TextField {...textOf(form, 'keyword')} />
          <TextField {...textOf(form, 'keywordAbsent')} />
        </FieldRow>
        <AssertionRows form={form} name="json" />
        <AssertionRows form={form} name="header" />
        <CheckboxField {...boxOf(form, 'healthBody')} />
        <FieldRow>
          <TextField {...textOf(form, 'certificateDays')} inputMode="numeric" suffix={form.texts.days} />
        </FieldRow>
      </FormGroup>
      <FormGroup title={groups.request.title} text={groups.request.text}>
        <HttpSecrets form={form} />
        <MoreFields label={groups.request.more} open={hasErrorIn(form, REQUEST)}>
          <FieldRow>
            <SelectField
              {...textOf(form, 'method')}
              options={METHODS.map((method) => ({ value: method, label: method }))}
            />
          </FieldRow>
          <TextareaField {...textOf(form, 'headers')} mono placeholder="Accept: application/json" />
          <TextareaField {...textOf(form, 'body')} mono />
          <CheckboxField {...boxOf(form, 'followRedirects')} />
          <FieldRow>
            <TextField {...textOf(form, 'maxRedirects')} inputMode="numeric" />
            <TextField {...textOf(form, 'maxBodyKb')} inputMode="numeric" suffix="KiB" />
          </FieldRow>
          <CheckboxField {...boxOf(form, 'verifyTls')} />
        </MoreFields>
      </FormGroup>
    </>
  )
}
