import { LIGHT } from './report-palette.ts'

/** Width of a plot in CSS pixels: the column of the mail less its margins. */
export const PLOT_WIDTH = 568
/** Large, because a phone shows the picture at 63 %. */
const FONT_SIZE = 15

interface TextStyle {
  anchor?: 'start' | 'middle' | 'end'
  fill?: string
  weight?: 400 | 600
}

/** A whole picture on a ground of its own, so that it can be read in a dark mail too. */
export function svgDocument(height: number, parts: readonly string[]): string {
  const size = `width="${PLOT_WIDTH}" height="${height}" viewBox="0 0 ${PLOT_WIDTH} ${height}"`
  const ground = `<rect width="${PLOT_WIDTH}" height="${height}" rx="8" fill="${LIGHT.ground}"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Geist" font-size="${FONT_SIZE}">${ground}${HATCH}${parts.join('')}</svg>`
}

/** Unknown is hatched, here as on every chart of the product. */
const HATCH = `<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="7" fill="#d4d4d8"/></pattern></defs>`

export function textAt(x: number, y: number, content: string, style: TextStyle = {}): string {
  const { anchor = 'start', fill = LIGHT.muted, weight = 400 } = style
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" font-weight="${weight}" fill="${fill}">${escapeText(content)}</text>`
}

export function horizontalLine(x1: number, x2: number, y: number, stroke: string): string {
  return `<line x1="${round(x1)}" x2="${round(x2)}" y1="${round(y)}" y2="${round(y)}" stroke="${stroke}"/>`
}

/** Column without measurements. */
export function hatchedColumn(x: number, y: number, width: number, height: number): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="3" fill="url(#hatch)"/>`
}

/** Two decimals: shorter, and free of the last bits in which machines differ. */
export function round(value: number): number {
  return Math.round(value * 100) / 100
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
