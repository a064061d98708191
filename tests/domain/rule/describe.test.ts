import { describe, expect, test } from 'vitest'
import { describeRule } from '../../../lib/domain/rule/describe.ts'
import { parseOneLine } from '../../../lib/domain/rule/one-line.ts'

const unitOf = (metric: string) => (metric === 'duration' ? 's' : null)

test.each([
  [
    'p95(duration{route="/x"}) > 2s for 5m [warn > 500ms]',
    'When p95 of duration (route is /x) over 5 min is above 2 s for 5 min (warning above 500 ms).',
    'Quand le p95 de duration (route est /x) sur 5 min est au-dessus de 2 s pendant 5 min (avertissement au-dessus de 500 ms).',
  ],
  [
    'sum(m{status="5*"}) / sum(m) by (host) >= 1% keep 10m as warning',
    'When the sum of m (status begins with 5) divided by the sum of m over 5 min is at least 1% (warning only), for each host, and until it has been well for 10 min.',
    'Quand la somme de m (status commence par 5) par rapport à la somme de m sur 5 min est d’au moins 1 % (avertissement seulement), pour chaque host, et jusqu’à ce que tout aille bien depuis 10 min.',
  ],
  ['absent(m) for 10m', 'When m has not come for 10 min.', 'Quand m n’arrive plus depuis 10 min.'],
  [
    '3 failures in a row of tag:prod',
    'When any monitor with the tag prod fails 3 times in a row.',
    'Quand un moniteur avec l’étiquette prod échoue 3 fois de suite.',
  ],
  [
    'certificate of * expires in 14d [warn in 30d]',
    'When the certificate of any monitor expires within 14 days (warning 30 days before).',
    'Quand le certificat de n’importe quel moniteur expire dans moins de 14 jours (avertissement 30 jours avant).',
  ],
  [
    'sum(m) < 0.5x usual',
    'When the sum of m over 1 h is below 50% of what was usual at this time in the last 4 weeks.',
    'Quand la somme de m sur 1 h est en dessous de 50 % de l’habitude à cette heure sur les 4 dernières semaines.',
  ],
  [
    'unusual(avg(m)) up',
    'When the average of m over 1 h is unusually high for the hour of the day (warning only).',
    'Quand la moyenne de m sur 1 h a un niveau anormalement haut pour l’heure du jour (avertissement seulement).',
  ],
  [
    'burn(api) 14.4x over 1h and 5m',
    'When the error budget of api is spent 14.4 times too fast over 1 h and over 5 min.',
    'Quand le budget d’erreur de api est consommé 14,4 fois trop vite sur 1 h et sur 5 min.',
  ],
  ['all(a, b)', 'When a and b all fire.', 'Quand a et b sont toutes déclenchées.'],
])('%s', (line, en, fr) => {
  const read = parseOneLine(line, { unitOf })
  if (!read.ok) throw new Error(read.error.message)
  const { condition, groupBy, forMs, keepFiringForMs } = read.rule
  const rule = { condition, groupBy: groupBy ?? [], forMs: forMs ?? 0, keepFiringForMs: keepFiringForMs ?? 0 }
  const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')
  expect(plain(describeRule(rule, 'en', unitOf))).toBe(en)
  expect(plain(describeRule(rule, 'fr', unitOf))).toBe(fr)
})

describe('without a unit', () => {
  test('a limit is a bare number', () => {
    const read = parseOneLine('avg(m) > 2')
    if (!read.ok) throw new Error(read.error.message)
    const rule = { condition: read.rule.condition, groupBy: [], forMs: 0, keepFiringForMs: 0 }
    expect(describeRule(rule, 'en')).toBe('When the average of m over 5 min is above 2.')
  })
})
