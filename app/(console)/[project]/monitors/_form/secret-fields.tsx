import type { ReactNode } from 'react'
import { FieldError } from '@/app/_components/ui/field.tsx'
import { SelectField } from '@/app/_components/ui/select-field.tsx'
import { TextField } from '@/app/_components/ui/text-field.tsx'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'
import { type FormContext, textOf } from './form-context.ts'
import { FieldRow } from './form-group.tsx'

/** Sign-in and secret headers of a web address. Written once, then only kept, replaced or cleared. */
export function HttpSecrets({ form }: { form: FormContext }) {
  const { authKinds } = form.texts
  return (
    <SecretChoice form={form}>
      <SelectField
        {...textOf(form, 'authKind')}
        options={(['none', 'basic', 'bearer'] as const).map((kind) => ({ value: kind, label: authKinds[kind] }))}
      />
      <div className="contents not-group-has-[option[value=basic]:checked]/secret:hidden">
        <FieldRow>
          <TextField {...textOf(form, 'authUser')} autoComplete="off" />
          <TextField {...textOf(form, 'authPassword')} type="password" autoComplete="new-password" />
        </FieldRow>
      </div>
      <div className="contents not-group-has-[option[value=bearer]:checked]/secret:hidden">
        <TextField {...textOf(form, 'authToken')} type="password" autoComplete="new-password" />
      </div>
      <TextareaField {...textOf(form, 'secretHeaders')} mono rows={2} placeholder="X-Api-Key: …" autoComplete="off" />
    </SecretChoice>
  )
}

export function PostgresSecret({ form }: { form: FormContext }) {
  return (
    <SecretChoice form={form}>
      <TextField {...textOf(form, 'password')} type="password" autoComplete="new-password" />
    </SecretChoice>
  )
}

/**
 * Where secrets are stored, the choice comes first: keep, replace, clear. The fields show with "replace", which is style's business
 * and needs no script.
 */
function SecretChoice({ form, children }: { form: FormContext; children: ReactNode }) {
  const { secret } = form.texts
  if (!form.hasSecret) {
    return (
      <div className="group/secret flex flex-col gap-4">
        <input type="hidden" name="secretOp" value="set" />
        {children}
      </div>
    )
  }
  return (
    <fieldset className="group/secret flex flex-col gap-4">
      <legend className="mb-1 text-sm font-medium">{secret.legend}</legend>
      <input type="hidden" name="hadSecret" value="on" />
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {(['keep', 'set', 'clear'] as const).map((op) => (
          <label key={op} className="flex items-center gap-2">
            <input
              type="radio"
              name="secretOp"
              value={op}
              defaultChecked={(form.values.secretOp ?? 'keep') === op}
              className="size-4 accent-ink"
            />
            {secret[op]}
          </label>
        ))}
      </div>
      <FieldError id="field-secretOp-error" error={form.errors.secretOp} />
      <div className="hidden flex-col gap-4 group-has-[input[value=set]:checked]/secret:flex">{children}</div>
    </fieldset>
  )
}
