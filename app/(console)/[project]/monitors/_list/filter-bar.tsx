import Form from 'next/form'
import { useTranslations } from 'next-intl'
import { Button, ButtonLink } from '@/app/_components/ui/button.tsx'
import { CONTROL_CLASS } from '@/app/_components/ui/control-style.ts'
import { LinkTabs } from '@/app/_components/ui/link-tabs.tsx'
import type { ShownState } from '@/lib/domain/monitor/monitor.ts'
import type { MonitorPage } from '@/lib/queries/monitors.ts'
import { FILTER_STATES, type FilterQuery, listHref } from './read-filters.ts'

/** State as tabs with counts; kind, tag, group and text as a form whose answer is an address. */
export function FilterBar(props: { path: string; query: FilterQuery; page: MonitorPage }) {
  const t = useTranslations('monitors.filters')
  const { path, query, page } = props
  const { kinds, tags, groups } = page.facets
  const isFiltered = query.kind || query.tag || query.group || query.q
  return (
    <div className="flex flex-col gap-3">
      <StateTabs {...props} />
      <Form action={path} className="flex flex-wrap items-center gap-2">
        {query.state && <input type="hidden" name="state" value={query.state} />}
        <div className="w-full sm:w-72">
          <input
            type="search"
            name="q"
            defaultValue={query.q ?? ''}
            placeholder={t('search')}
            aria-label={t('search')}
            className={`${CONTROL_CLASS} h-10 sm:h-8`}
          />
        </div>
        <Facet name="kind" label={t('kind')} all={t('allKinds')} value={query.kind} least={2}>
          {kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
        </Facet>
        <Facet name="group" label={t('group')} all={t('allGroups')} value={query.group} least={1}>
          {groups.map((group) => ({ value: group, label: group }))}
        </Facet>
        <Facet name="tag" label={t('tag')} all={t('allTags')} value={query.tag} least={1}>
          {tags.map((tag) => ({ value: tag, label: tag }))}
        </Facet>
        <Button type="submit" className="max-sm:h-10">
          {t('apply')}
        </Button>
        {isFiltered && (
          <ButtonLink href={listHref(path, { state: query.state })} variant="ghost" icon="x">
            {t('clear')}
          </ButtonLink>
        )}
      </Form>
    </div>
  )
}

function StateTabs({ path, query, page }: { path: string; query: FilterQuery; page: MonitorPage }) {
  const t = useTranslations('monitors.filters')
  const states = useTranslations('states')
  const count = (state: ShownState) => page.states[state] ?? 0
  const all = Object.values(page.states).reduce((sum, n) => sum + n, 0)
  const shown = FILTER_STATES.filter((state) => count(state) > 0 || query.state === state)
  return (
    <LinkTabs
      label={t('state')}
      items={[
        { href: listHref(path, { ...query, state: null }), label: t('all'), current: query.state === null, count: all },
        ...shown.map((state) => ({
          href: listHref(path, { ...query, state }),
          label: states(state),
          current: query.state === state,
          count: count(state),
        })),
      ]}
    />
  )
}

/** A select that is there only where there is something to choose. */
function Facet(props: {
  name: string
  label: string
  all: string
  value: string | null
  /** Fewer values than this are no choice. */
  least: number
  children: readonly { value: string; label: string }[]
}) {
  if (props.children.length < props.least && props.value === null) return null
  return (
    <div className="max-sm:flex-1 sm:w-40">
      <select
        // A new key for each value: React keeps the old choice of a select when only its default changes.
        key={props.value}
        name={props.name}
        aria-label={props.label}
        defaultValue={props.value ?? ''}
        className={`${CONTROL_CLASS} h-10 sm:h-8`}
      >
        <option value="">{props.all}</option>
        {props.children.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
}
