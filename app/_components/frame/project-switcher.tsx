import { useTranslations } from 'next-intl'
import { Icon } from '../ui/icon.tsx'
import { NavLink } from './nav-link.client.tsx'
import type { ProjectName, Role } from './types.ts'

const MENU_ID = 'projects'

/** Which project one is in, and a menu of the others where there are others. */
export function ProjectSwitcher(props: { project: ProjectName; projects: readonly ProjectName[]; role: Role }) {
  const t = useTranslations('frame')
  const name = <span className="truncate font-medium">{props.project.name}</span>
  if (props.projects.length < 2) return <div className="flex min-w-0 items-center px-1.5">{name}</div>
  return (
    <>
      <button
        type="button"
        popoverTarget={MENU_ID}
        className="flex h-8 max-w-[16rem] min-w-0 items-center gap-1.5 rounded-md px-1.5 hover:bg-subtle"
      >
        <span className="sr-only">{t('switchProject')}: </span>
        {name}
        <Icon name="chevrons-up-down" className="text-ink-faint" />
      </button>
      <div
        id={MENU_ID}
        popover="auto"
        className="inset-auto top-11 left-4 max-h-[70dvh] min-w-56 overflow-y-auto rounded-lg border border-line-strong p-1 lg:left-56"
      >
        <ul aria-label={t('switchProject')}>
          {props.projects.map((project) => (
            <li key={project.slug}>
              <NavLink
                href={`/${project.slug}`}
                className="flex h-9 items-center gap-2 rounded-md px-2 hover:bg-subtle aria-[current]:font-medium"
              >
                <span className="flex-1 truncate">{project.name}</span>
                {project.slug === props.project.slug && <Icon name="check" />}
              </NavLink>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}
