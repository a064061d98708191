import { SelectField } from '@/app/_components/ui/select-field.tsx'
import { type FormContext, fieldOf } from './form-context.ts'

/** From where it is looked at. An installation with one place has nothing to choose; a name that no prober has any more can be unticked. */
export function RegionFields({ form }: { form: FormContext }) {
  const { fields, regionHome, regionGone } = form.texts
  const chosen = (form.values.regions ?? '').split(',').filter((name) => name !== '')
  const names = [...new Set([...form.regions, ...chosen])]
  if (names.length < 2 && chosen.length === 0) return null
  const noteOf = (name: string) =>
    name === form.regions[0] ? `, ${regionHome}` : form.regions.includes(name) ? '' : `, ${regionGone}`
  return (
    <>
      <fieldset>
        <legend className="text-sm font-medium">{fields.regions.label}</legend>
        <p className="mb-2 text-sm text-ink-muted">{fields.regions.hint}</p>
        <div className="grid gap-2 sm:grid-cols-2">
          {names.map((name) => (
            <label key={name} className="flex items-start gap-2">
              <input
                type="checkbox"
                name="regions"
                value={name}
                defaultChecked={chosen.includes(name)}
                className="mt-0.5 size-4 shrink-0 accent-ink"
              />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <code className="font-mono text-sm">{name}</code>
                <span className="text-sm text-ink-muted">{noteOf(name)}</span>
              </span>
            </label>
          ))}
        </div>
        {form.errors.regions && <p className="mt-1 text-sm font-medium text-degraded">{form.errors.regions}</p>}
      </fieldset>
      <SelectField
        {...withoutFocus(form, 'quorum')}
        defaultValue={form.values.quorum ?? 'majority'}
        options={quorumsOf(form, names.length)}
      />
    </>
  )
}

function quorumsOf({ texts, values }: FormContext, count: number) {
  const numbers = Array.from({ length: Math.max(0, count - 1) }, (_, index) => String(index + 2))
  const stored = values.quorum ?? 'majority'
  const all = [...new Set(['majority', 'any', 'all', ...numbers, stored])]
  const words: Record<string, string> = texts.quorums
  return all.map((value) => ({ value, label: words[value] ?? texts.quorumNumber.replace('{count}', value) }))
}

function withoutFocus(form: FormContext, name: string) {
  const { autoFocus: _autoFocus, ...field } = fieldOf(form, name)
  return field
}
