import type { CSSProperties } from 'react'
import type { Tone } from '../../../domain/notification/words.ts'

/** Mail clients know neither OKLCH nor variables: these are the product's tokens as hex, each at least 4.5 : 1 against white. */
const INK = '#18181b'
const MUTED = '#52525b'
const BORDER = '#e4e4e7'
const FONT = "Geist, -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

/** State is shape, word and colour together; red is for "down now" alone. */
export const TONES: Record<Tone, { color: string; mark: string }> = {
  down: { color: '#b91c1c', mark: '▼' },
  degraded: { color: '#a16207', mark: '◆' },
  up: { color: '#15803d', mark: '●' },
  critical: { color: '#b91c1c', mark: '▼' },
  warning: { color: '#a16207', mark: '◆' },
  normal: { color: '#15803d', mark: '●' },
  acknowledged: { color: '#1d4ed8', mark: '■' },
  test: { color: MUTED, mark: '○' },
  digest: { color: MUTED, mark: '■' },
}

export const styles = {
  body: { backgroundColor: '#ffffff', color: INK, fontFamily: FONT, fontSize: '16px', lineHeight: '24px', margin: 0 },
  container: { maxWidth: '600px', width: '100%', margin: '0 auto', padding: '24px 16px' },
  tone: { fontSize: '14px', lineHeight: '20px', fontWeight: 600, margin: '0 0 8px' },
  headline: { fontSize: '20px', lineHeight: '28px', fontWeight: 600, margin: '0 0 16px', wordBreak: 'break-word' },
  note: { margin: '0 0 16px' },
  label: { color: MUTED, fontSize: '14px', padding: '8px 16px 8px 0', verticalAlign: 'top', width: '112px' },
  value: { fontSize: '14px', padding: '8px 0', verticalAlign: 'top', wordBreak: 'break-word' },
  row: { borderTop: `1px solid ${BORDER}` },
  table: { borderCollapse: 'collapse', width: '100%', margin: '0 0 16px' },
  link: { color: INK, textDecoration: 'underline' },
  button: {
    backgroundColor: INK,
    borderRadius: '6px',
    color: '#ffffff',
    display: 'inline-block',
    fontSize: '16px',
    fontWeight: 600,
    padding: '12px 24px',
    textDecoration: 'none',
  },
  actions: { margin: '0 0 24px' },
  resultsLabel: { color: MUTED, fontSize: '14px', margin: '0 0 4px' },
  results: { fontSize: '14px', lineHeight: '22px', margin: '0 0 24px', fontVariantNumeric: 'tabular-nums' },
  rule: { border: 'none', borderTop: `1px solid ${BORDER}`, margin: '0 0 12px' },
  footer: { color: MUTED, fontSize: '13px', lineHeight: '20px', margin: 0 },
} satisfies Record<string, CSSProperties>
