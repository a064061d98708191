import { buttonClass } from '@/app/_components/ui/button-style.ts'
import { CONTROL_CLASS } from '@/app/_components/ui/control-style.ts'
import { controlAttributes, FieldError } from '@/app/_components/ui/field.tsx'
import type { FormContext } from './form-context.ts'
import { HEADER_OPS, JSON_OPS } from './form-values.ts'
import { rowCount } from './read-values.ts'

/**
 * Assertions on the body or the headers, a row each: what, how, which value. A row is taken away by emptying it; the button asks the
 * server for one more, so that it works without a script.
 */
export function AssertionRows({ form, name }: { form: FormContext; name: 'json' | 'header' }) {
  const texts = form.texts[name]
  const ops = name === 'json' ? JSON_OPS : HEADER_OPS
  const rows = Array.from({ length: rowCount(form.values, name) }, (_, row) => row)
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="text-sm font-medium">{texts.label}</legend>
      <p className="text-sm text-ink-muted">{texts.hint}</p>
      <input type="hidden" name={`${name}Rows`} value={rows.length} />
      {rows.map((row) => (
        <div
          key={row}
          className="grid gap-2 max-sm:rounded-md max-sm:border max-sm:border-line max-sm:p-2 sm:grid-cols-[1fr_9rem_1fr]"
        >
          <Cell form={form} name={`${name}.${row}.subject`} label={texts.subject} placeholder={texts.subjectExample} />
          <select
            name={`${name}.${row}.op`}
            aria-label={`${texts.op} ${row + 1}`}
            defaultValue={form.values[`${name}.${row}.op`] ?? 'equals'}
            className={`${CONTROL_CLASS} h-10 sm:h-8`}
          >
            {ops.map((op) => (
              <option key={op} value={op}>
                {form.texts.ops[op]}
              </option>
            ))}
          </select>
          <Cell form={form} name={`${name}.${row}.value`} label={texts.value} placeholder={texts.valueExample} />
        </div>
      ))}
      <button
        type="submit"
        name="intent"
        value={name === 'json' ? 'addJson' : 'addHeader'}
        className={`${buttonClass('ghost', 'small')} -ml-2 self-start`}
      >
        {texts.add}
      </button>
    </fieldset>
  )
}

function Cell(props: { form: FormContext; name: string; label: string; placeholder: string }) {
  const { form, name, label } = props
  const error = form.errors[name]
  const attributes = controlAttributes({ name, label, ...(error ? { error } : {}) })
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <input
        {...attributes}
        aria-label={`${label} ${Number(name.split('.')[1]) + 1}`}
        defaultValue={form.values[name] ?? ''}
        placeholder={props.placeholder}
        autoCapitalize="none"
        spellCheck={false}
        className={`${CONTROL_CLASS} h-10 font-mono sm:h-8 sm:text-sm`}
      />
      <FieldError id={`${attributes.id}-error`} error={error} />
    </div>
  )
}
