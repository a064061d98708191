import Form from 'next/form'
import { useTranslations } from 'next-intl'
import { Button, ButtonLink } from '@/app/_components/ui/button.tsx'
import { CONTROL_CLASS } from '@/app/_components/ui/control-style.ts'
import { DEPLOYMENT_STATUSES } from '@/lib/domain/deployment/deployment.ts'
import type { DeploymentList, DeploymentRequest } from '@/lib/queries/deployments.ts'

/** Which deployments to show, as a form whose answer is an address. */
export function DeploymentForm(props: { path: string; request: DeploymentRequest; list: DeploymentList }) {
  const t = useTranslations('deployments')
  const { path, request, list } = props
  const { status, service, environment } = request
  const isFiltered = status !== null || service !== null || environment !== null
  return (
    <Form action={path} className="flex flex-wrap items-center gap-2">
      <Choice
        name="status"
        label={t('filter.status')}
        all={t('filter.anyStatus')}
        value={status}
        options={DEPLOYMENT_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
      />
      <Choice
        name="service"
        label={t('filter.service')}
        all={t('filter.anyService')}
        value={service}
        options={optionsOf(list.services, service)}
      />
      <Choice
        name="environment"
        label={t('filter.environment')}
        all={t('filter.anyEnvironment')}
        value={environment}
        options={optionsOf(list.environments, environment)}
      />
      <Button type="submit" className="max-sm:h-10">
        {t('filter.show')}
      </Button>
      {isFiltered && (
        <ButtonLink href={path} variant="ghost" icon="x">
          {t('filter.clear')}
        </ButtonLink>
      )}
    </Form>
  )
}

/** What is asked for stays to be seen, also when there is none of it. */
function optionsOf(values: readonly string[], chosen: string | null) {
  const all = chosen === null || values.includes(chosen) ? values : [chosen, ...values]
  return all.map((value) => ({ value, label: value }))
}

function Choice(props: {
  name: string
  label: string
  all: string
  value: string | null
  options: readonly { value: string; label: string }[]
}) {
  return (
    <div className="w-52 max-sm:w-full">
      <select
        key={props.value}
        name={props.name}
        aria-label={props.label}
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
    </div>
  )
}
