import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-style.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icons.ts'

interface Look {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  icon?: IconName | undefined
}

/** A plain button. For the one that submits a form, `SubmitButton` shows that work is under way. */
export function Button({
  variant,
  size,
  icon,
  className = '',
  children,
  type,
  ...rest
}: Look & ComponentProps<'button'>) {
  return (
    <button type={type ?? 'button'} className={`${buttonClass(variant, size)} ${className}`} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** A link that looks like a button: for what goes somewhere rather than does something. */
export function ButtonLink({
  variant,
  size,
  icon,
  className = '',
  children,
  ...rest
}: Look & ComponentProps<typeof Link>) {
  return (
    <Link prefetch={false} className={`${buttonClass(variant, size)} ${className}`} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  )
}
