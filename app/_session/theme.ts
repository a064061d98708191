export type Theme = 'light' | 'dark'

/** Holds the theme that a person chose; without it the system's own decides. */
export const THEME_COOKIE = 'vigie-theme'

export function isTheme(value: unknown): value is Theme {
  return value === 'light' || value === 'dark'
}
