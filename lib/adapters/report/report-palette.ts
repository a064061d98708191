/**
 * The product's tokens as hex: neither mail clients nor the rasteriser know OKLCH. Text is at least 4.5 : 1 against its ground. Red is
 * for "down now" alone, so an outage that is over is amber.
 */
export const LIGHT = {
  ground: '#ffffff',
  ink: '#18181b',
  muted: '#52525b',
  border: '#e4e4e7',
  good: '#15803d',
  bad: '#a16207',
  accent: '#1d4ed8',
} as const

export const DARK: Record<keyof typeof LIGHT, string> = {
  ground: '#18181b',
  ink: '#fafafa',
  muted: '#a1a1aa',
  border: '#3f3f46',
  good: '#4ade80',
  bad: '#fbbf24',
  accent: '#93c5fd',
}
