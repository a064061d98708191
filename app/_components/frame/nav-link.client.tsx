'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

/**
 * A link that knows whether it leads to where one is. The path is read here and not handed down: a layout is not rendered
 * again when the page inside it changes. `exact` is for the overview, whose address begins all others.
 */
export function NavLink(props: { href: string; exact?: boolean; className: string; children: ReactNode }) {
  const path = usePathname()
  const isCurrent = path === props.href || (!props.exact && path.startsWith(`${props.href}/`))
  return (
    <Link
      href={props.href}
      // Fetching ahead would render every page of the navigation on each page view, and again after each refresh.
      prefetch={false}
      aria-current={isCurrent ? 'page' : undefined}
      className={props.className}
      // A popover outlives the page that it was opened on; whoever chose from it is done with it.
      onClick={(event) => event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()}
    >
      {props.children}
    </Link>
  )
}
