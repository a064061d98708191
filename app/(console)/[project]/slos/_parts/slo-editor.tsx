import { getLocale } from 'next-intl/server'
import { requireProject } from '@/app/_session/project.ts'
import type { SloSpec } from '@/lib/domain/slo/slo.ts'
import { submit } from '../actions.ts'
import { toFormValues } from './form-values.ts'
import { SloForm } from './slo-form.client.tsx'
import { sloFormOptions, sloFormTexts } from './slo-form-texts.ts'

/** The form with what the project has to choose from. `id` null makes a new one. */
export async function SloEditor(props: {
  slug: string
  id: string | null
  kind: SloSpec['indicator']['kind']
  spec: Partial<SloSpec>
}) {
  const { slug, id, kind, spec } = props
  const { people, project } = await requireProject(slug)
  const values = toFormValues(spec, project.timeZone)
  const [monitors, metrics] = await Promise.all([
    kind === 'availability' ? people.slos.listMonitors(project.id) : [],
    kind === 'latency' || kind === 'ratio' ? people.telemetry.listMetrics(project.id) : [],
  ])
  const tags = [...new Set(monitors.flatMap((monitor) => monitor.tags))].sort()
  const { indicator } = spec
  return (
    <SloForm
      key={kind}
      action={submit.bind(null, slug, id)}
      kind={kind}
      values={values}
      chosen={indicator?.kind === 'availability' ? (indicator.monitors.keys ?? []) : []}
      monitors={monitors}
      metrics={metrics.filter((metric) => kind === 'ratio' || metric.kind === 'histogram').map(({ name }) => name)}
      isNew={id === null}
      locale={await getLocale()}
      texts={await sloFormTexts()}
      options={await sloFormOptions(tags, values)}
    />
  )
}
