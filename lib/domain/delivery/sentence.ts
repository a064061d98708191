import type { Locale } from '../time/locale.ts'

/**
 * Deliveries and their reasons are stored as English sentences, with the provider's own words in them. These are their patterns in French;
 * what a provider answered stays as it is. Each pattern covers a whole sentence, or what follows the lead of one.
 */
const PATTERNS: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  // Why a channel is told (`decideRecipients`, `decideFallback`).
  [/^A test goes to the channel that is tested\.$/, () => 'Un test va au canal testé.'],
  [/^(.+) was told that it began\.$/, (name) => `${name} avait été prévenu du début.`],
  [/^The monitor lists (.+)\.$/, (name) => `Le moniteur désigne ${name}.`],
  [
    /^(.+) takes (\w+) and worse, and this is (\w+)\.$/,
    (name, least, is) => `${name} reçoit « ${severity(least)} » et au-delà, et ceci est « ${severity(is)} ».`,
  ],
  [
    /^(P\d) goes to ([^()]+?)( \(until there is a daily digest\))?\.$/,
    (priority, kinds, digest) => `${priority} va à ${kinds}${digest ? ' (en attendant le résumé quotidien)' : ''}.`,
  ],
  [
    /^(.+) keeps failing \((\d+) attempts\), so (.+) is told instead\.$/,
    (name, attempts, other) => `${name} échoue toujours (${attempts} tentatives) : ${other} est prévenu à la place.`,
  ],
  [
    /^(.+) could not be reached, so (.+) is told instead\.$/,
    (name, other) => `${name} n’a pas pu être joint : ${other} est prévenu à la place.`,
  ],
  // How an attempt ended (`decideNextAttempt`).
  [/^Refused for good: (.+)$/s, (detail) => `Refusé définitivement : ${french(detail)}`],
  [
    /^The receiver says that it is gone \(410\): (.+)$/s,
    (detail) => `Le destinataire dit ne plus exister (410) : ${french(detail)}`,
  ],
  [
    /^Given up after 24 h and (\d+) attempts: (.+)$/s,
    (attempts, detail) => `Abandonné après 24 h et ${attempts} tentatives : ${french(detail)}`,
  ],
  // What a test of the installation met.
  [/^The dead-man service answered (\d{3})\.$/, (status) => `Le service de veille a répondu ${status}.`],
  [/^Answered (\d{3}) in (\d+) ms\.$/, (status, took) => `A répondu ${status} en ${took} ms.`],
  [/^No answer within ([\d.]+) s\.$/, (seconds) => `Pas de réponse en ${seconds.replace('.', ',')} s.`],
  [/^No connection\.$/, () => 'Pas de connexion.'],
  [
    /^The report was not sent to (\S+@\S+?(?:, \S+@\S+?)*): (.+)$/s,
    (missed, detail) => `Le rapport n’est pas parti pour ${missed} : ${french(detail)}`,
  ],
  [
    /^The report could not be composed; the log of the server says why\.$/,
    () => 'Le rapport n’a pas pu être composé ; le journal du serveur dit pourquoi.',
  ],
  [/^The report was not sent\. (.+)$/s, (detail) => `Le rapport n’est pas parti. ${french(detail)}`],
  // What an attempt met (the adapters of the channels).
  [
    /^Kept in the outbox: (.+) is not configured\.$/,
    (provider) => `Gardé dans la boîte d’envoi : ${provider} n’est pas configuré.`,
  ],
  [/^(.+) is not configured\.$/, (what) => `${what} n’est pas configuré.`],
  [/^Resend took it$/, () => 'Pris en charge par Resend'],
  [
    /^Resend was not reached, or did not answer in time\.$/,
    () => 'Resend n’a pas été joint, ou n’a pas répondu à temps.',
  ],
  [
    /^RESEND_API_KEY holds a character that no key has\.$/,
    () => 'RESEND_API_KEY contient un caractère qu’aucune clé n’a.',
  ],
  [/^The channel has no number\.$/, () => 'Le canal n’a pas de numéro.'],
  [
    /^The worker ended before it noted the answer; the message may have arrived, and is sent again with the same id\.$/,
    () =>
      'Le processus s’est arrêté avant de noter la réponse ; le message est peut-être arrivé, et repart avec le même identifiant.',
  ],
  [
    /^the secrets of the channel cannot be read with the present VIGIE_SECRET_KEY; enter them again$/,
    () => 'les secrets du canal sont illisibles avec la VIGIE_SECRET_KEY actuelle ; saisissez-les de nouveau',
  ],
  [
    /^sending failed inside Vigie; its log has the details$/,
    () => 'l’envoi a échoué dans Vigie ; son journal en dit plus',
  ],
  // Several numbers of one SMS channel.
  [
    /^(\S+…\d{2}): ([^;]+)(?:; (.+))?$/,
    (number, detail, more) => `${number} : ${french(detail)}${more === '' ? '' : ` ; ${french(more)}`}`,
  ],
  [
    /^(.+?) answered (\d{3})(: .+)?$/s,
    (who, status, rest) => `${whoIn(who)} a répondu ${status}${rest === '' ? '' : ` ${rest}`}`,
  ],
  [/^(.+?) was not reached: (.+)$/s, (who, why) => `${whoIn(who)} n’a pas été joint : ${french(why)}`],
  [/^no answer within ([\d.]+) s$/, (seconds) => `pas de réponse en ${seconds.replace('.', ',')} s`],
  [/^(\S+): the connection was refused \((\w+)\)$/, (where, code) => `${where} : connexion refusée (${code})`],
  [
    /^(\S+): the connection was closed by the other side \((\w+)\)$/,
    (where, code) => `${where} : connexion fermée par l’autre côté (${code})`,
  ],
  [
    /^(\S+): the connection timed out \((\w+)\)$/,
    (where, code) => `${where} : connexion sans réponse à temps (${code})`,
  ],
  [/^(\S+): the TLS handshake failed \((.+)\)$/, (where, code) => `${where} : échec de la négociation TLS (${code})`],
]

const SEVERITIES: Record<string, string> = { low: 'basse', medium: 'moyenne', high: 'haute', critical: 'critique' }

/** A stored sentence about a delivery in the reader's language; one that is not known stays as it is. */
export function deliverySentence(text: string, locale: Locale): string {
  return locale === 'fr' ? french(text) : text
}

function french(text: string): string {
  for (const [pattern, write] of PATTERNS) {
    const match = pattern.exec(text)
    if (match !== null) return withNarrowSpaces(write(...match.slice(1).map((part: string | undefined) => part ?? '')))
  }
  return text
}

/** French typography: no line may begin with a colon or a semicolon, nor end with an opening quotation mark. */
function withNarrowSpaces(text: string): string {
  return text.replace(/ ([:;?!»])/g, '\u00a0$1').replace(/« /g, '«\u00a0')
}

function severity(word: string): string {
  return SEVERITIES[word] ?? word
}

function whoIn(who: string): string {
  return who === 'The webhook' ? 'Le webhook' : who
}
