import Form from 'next/form'
import { useTranslations } from 'next-intl'
import { Button, ButtonLink } from '@/app/_components/ui/button.tsx'
import { CONTROL_CLASS } from '@/app/_components/ui/control-style.ts'
import { LEVEL_NAMES } from '@/lib/domain/log/level.ts'
import type { LogRequest } from '@/lib/queries/logs.ts'

/** What to look for, as a form whose answer is an address. */
export function LogForm({ path, request }: { path: string; request: LogRequest }) {
  const t = useTranslations('logs.form')
  const { level, status, service, request: requestId, q, range, from, to, at } = request
  const isFiltered = [level, status, service, requestId, q, from, to, at].some((one) => one !== null)
  return (
    <Form action={path} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="range" value={range} />
      {Object.entries({ status, from, to, at }).map(
        ([name, value]) => value !== null && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <div className="w-full sm:w-72">
        <Field name="q" label={t('text')} value={q} />
      </div>
      <div className="w-36">
        <select
          key={level}
          name="level"
          aria-label={t('level')}
          defaultValue={level ?? ''}
          className={`${CONTROL_CLASS} h-10 sm:h-8`}
        >
          <option value="">{t('allLevels')}</option>
          {LEVEL_NAMES.map((name) => (
            <option key={name} value={name}>
              {t('andWorse', { level: name.toUpperCase() })}
            </option>
          ))}
        </select>
      </div>
      <div className="w-40 max-sm:flex-1">
        <Field name="service" label={t('service')} value={service} />
      </div>
      <div className="w-full sm:w-56">
        <Field name="request" label={t('request')} value={requestId} />
      </div>
      <Button type="submit" className="max-sm:h-10">
        {t('search')}
      </Button>
      {isFiltered && (
        <ButtonLink href={`${path}?range=${range}`} variant="ghost" icon="x">
          {t('clear')}
        </ButtonLink>
      )}
    </Form>
  )
}

function Field({ name, label, value }: { name: string; label: string; value: string | null }) {
  return (
    <input
      type="search"
      name={name}
      defaultValue={value ?? ''}
      placeholder={label}
      aria-label={label}
      className={`${CONTROL_CLASS} h-10 sm:h-8`}
    />
  )
}
