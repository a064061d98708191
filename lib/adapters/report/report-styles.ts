import type { CSSProperties } from 'react'
import { DARK, LIGHT } from './report-palette.ts'

const FONT = "Geist, -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

export const styles = {
  body: { backgroundColor: LIGHT.ground, fontFamily: FONT, fontSize: '16px', lineHeight: '24px', margin: 0 },
  container: { maxWidth: '600px', width: '100%', margin: '0 auto', padding: '24px 16px' },
  kicker: { fontSize: '14px', lineHeight: '20px', margin: '0 0 8px' },
  headline: { fontSize: '22px', lineHeight: '30px', fontWeight: 600, margin: '0 0 16px', wordBreak: 'break-word' },
  note: { fontSize: '14px', lineHeight: '20px', margin: '0 0 8px' },
  section: { fontSize: '16px', lineHeight: '24px', fontWeight: 600, margin: '32px 0 8px' },
  plotLabel: { fontSize: '14px', lineHeight: '20px', margin: '32px 0 0' },
  finding: { fontSize: '16px', lineHeight: '24px', fontWeight: 600, margin: '0 0 8px' },
  plot: { display: 'block', width: '100%', maxWidth: '568px', height: 'auto', borderRadius: '8px' },
  table: { borderCollapse: 'collapse', width: '100%', fontVariantNumeric: 'tabular-nums' },
  head: { fontSize: '13px', lineHeight: '18px', fontWeight: 400, padding: '4px 0 4px 8px', verticalAlign: 'bottom' },
  headName: { fontSize: '13px', lineHeight: '18px', fontWeight: 400, padding: '4px 0', verticalAlign: 'bottom' },
  label: {
    fontSize: '14px',
    lineHeight: '20px',
    fontWeight: 400,
    padding: '8px 0',
    verticalAlign: 'top',
    wordBreak: 'break-word',
  },
  small: { fontSize: '13px', lineHeight: '18px', display: 'block' },
  cell: { fontSize: '14px', lineHeight: '20px', padding: '8px 0 8px 8px', verticalAlign: 'top' },
  strong: { fontWeight: 600 },
  incident: { fontSize: '14px', lineHeight: '20px', margin: '0 0 8px', wordBreak: 'break-word' },
  button: {
    backgroundColor: LIGHT.ink,
    borderRadius: '6px',
    color: LIGHT.ground,
    display: 'inline-block',
    fontSize: '16px',
    fontWeight: 600,
    padding: '12px 24px',
    textDecoration: 'none',
  },
  action: { margin: '32px 0 24px' },
  rule: { border: 'none', borderTop: `1px solid ${LIGHT.border}`, margin: '0 0 12px' },
  footer: { fontSize: '13px', lineHeight: '20px', margin: 0 },
} satisfies Record<string, CSSProperties>

/** Colours by role. A class beside each lets a client with a dark scheme change them; the others show these. */
export const inks = {
  ink: { className: 'ink', color: LIGHT.ink },
  muted: { className: 'muted', color: LIGHT.muted },
  good: { className: 'good', color: LIGHT.good },
  bad: { className: 'bad', color: LIGHT.bad },
} as const

/** `!important`, because what a mail says outside of this sheet is inline. Clients that drop the sheet show the light scheme. */
export const DARK_SHEET = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: ${DARK.ground} !important; }
  .ink { color: ${DARK.ink} !important; }
  .muted { color: ${DARK.muted} !important; }
  .good { color: ${DARK.good} !important; }
  .bad { color: ${DARK.bad} !important; }
  .line { border-color: ${DARK.border} !important; }
  .button { background-color: ${DARK.ink} !important; color: ${DARK.ground} !important; }
}
@media (max-width: 480px) {
  .cell { font-size: 13px !important; line-height: 18px !important; padding-left: 6px !important; }
  .name { font-size: 13px !important; line-height: 18px !important; padding-left: 0 !important; }
}`
