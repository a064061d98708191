import Form from 'next/form'
import { useLocale, useTranslations } from 'next-intl'
import { Button } from '@/app/_components/ui/button.tsx'
import { CONTROL_CLASS } from '@/app/_components/ui/control-style.ts'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { DEVICES } from '@/lib/domain/vital/visitor-facts.ts'
import { VITAL_RANGES, type VitalRequest, type VitalsPage } from '@/lib/queries/vitals.ts'
import { vitalsHref } from '../_request.ts'

/** What the figures are narrowed to. All of it stands in the address. */
export function VitalFilters(props: { page: VitalsPage; request: VitalRequest; path: string }) {
  const t = useTranslations('vitals.filters')
  const locale = useLocale()
  const { page, request, path } = props
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })
  const hidden = (['range', 'metric', 'device', 'order'] as const).flatMap((name) => {
    const value = request[name]
    return value === null ? [] : [<input key={name} type="hidden" name={name} value={value} />]
  })
  return (
    <div className="flex flex-wrap items-end justify-between gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <SegmentedLinks
          label={t('device')}
          items={[null, ...DEVICES].map((device) => ({
            href: vitalsHref(path, request, { device }),
            label: t(`devices.${device ?? 'all'}`),
            current: request.device === device,
          }))}
        />
        {(page.countries.length > 0 || page.releases.length > 0) && (
          <Form action={path} scroll={false} className="flex flex-wrap items-end gap-x-3 gap-y-2">
            {hidden}
            <Choice
              label={t('country')}
              name="country"
              value={request.country}
              all={t('allCountries')}
              options={page.countries.map((code) => ({ value: code, label: names.of(code) ?? code }))}
            />
            <Choice
              label={t('release')}
              name="release"
              value={request.release}
              all={t('allReleases')}
              options={page.releases.map((release) => ({ value: release, label: release }))}
            />
            <Button type="submit" className="max-sm:h-10">
              {t('show')}
            </Button>
          </Form>
        )}
      </div>
      <SegmentedLinks
        label={t('range')}
        items={VITAL_RANGES.map((range) => ({
          href: vitalsHref(path, request, { range }),
          label: t(`ranges.${range}`),
          current: request.range === range,
        }))}
      />
    </div>
  )
}

function Choice(props: {
  label: string
  name: string
  value: string | null
  all: string
  options: { value: string; label: string }[]
}) {
  if (props.options.length === 0) return null
  return (
    <label className="flex w-40 flex-col gap-1 text-sm text-ink-muted">
      {props.label}
      <select
        // A new key for each value: React keeps the old choice of a select when only its default changes.
        key={props.value}
        name={props.name}
        defaultValue={props.value ?? ''}
        className={`${CONTROL_CLASS} h-10 sm:h-8`}
      >
        <option value="">{props.all}</option>
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}
