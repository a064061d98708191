import { expect, test } from 'vitest'
import { translateRegionReason } from '../../../lib/domain/notification/region-reason-fr.ts'

test.each([
  [
    'fra1 is cut off: its control targets do not answer',
    'fra1 est coupée du réseau\u00a0: ses cibles de contrôle ne répondent pas',
  ],
  ['did not answer in 15 s', 'pas de réponse en 15 s'],
  ['did not answer in 0.8 s', 'pas de réponse en 0,8 s'],
  ['no prober of that name is configured', 'aucune sonde de ce nom n’est configurée'],
  ['its prober cannot be reached', 'sa sonde est injoignable'],
  ['its prober has another secret', 'sa sonde a un autre secret'],
  ['its prober answered 502', 'sa sonde a répondu 502'],
  ['its prober answered something else than results', 'sa sonde a répondu autre chose que des résultats'],
  [
    'its prober answered for monitors that it was not asked about',
    'sa sonde a répondu pour des moniteurs qu’on ne lui demandait pas',
  ],
  ['its prober runs in iad1', 'sa sonde tourne en réalité dans iad1'],
  ['told nothing', 'sa sonde n’a rien dit'],
  ['its prober told nothing', 'sa sonde n’a rien dit'],
  [
    'its prober is reached over plain http, and the probe needs secrets',
    'sa sonde est jointe en http sans chiffrement, et le test a besoin de secrets',
  ],
  ['of a newer version', 'of a newer version'],
])('%s', (english, french) => {
  expect(translateRegionReason(english)).toBe(french)
})
