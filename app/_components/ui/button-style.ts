export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ButtonSize = 'small' | 'medium' | 'large'

const BASE =
  'inline-flex items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:opacity-60'

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-ink text-on-ink hover:bg-ink/85 disabled:hover:bg-ink',
  secondary: 'border border-line-strong bg-surface text-ink hover:bg-subtle',
  ghost: 'text-ink-muted hover:bg-subtle hover:text-ink',
  // Red says "down now" and nothing else; what is destructive says so in words and asks first.
  danger: 'border border-control bg-surface text-ink underline decoration-dotted underline-offset-4 hover:bg-subtle',
}

/** `large` is for thumbs: 44 px (WCAG 2.5.5), for the actions of an incident on a phone. */
const SIZES: Record<ButtonSize, string> = {
  small: 'h-7 px-2 text-sm',
  medium: 'h-8 px-3 text-base',
  large: 'h-11 px-4 text-lg',
}

/** The look of a button, for `<button>`, `<a>` and `<summary>` alike. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'medium'): string {
  return `${BASE} ${VARIANTS[variant]} ${SIZES[size]}`
}
