import { createElement } from 'react'
import { ICONS, type IconName } from './icons.ts'

/** A 16 px mark. Always beside a word: it is hidden from assistive technology. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`size-4 shrink-0 ${className}`}
    >
      {ICONS[name].map(([tag, attributes], index) => createElement(tag, { key: `${index}`, ...attributes }))}
    </svg>
  )
}
