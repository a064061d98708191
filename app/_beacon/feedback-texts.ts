/** What the widget says. Labels of a scale go from 1 to 5. */
export interface FeedbackTexts {
  open: string
  close: string
  title: string
  question: string
  ratings: readonly string[]
  speedQuestion: string
  speeds: readonly string[]
  comment: string
  send: string
  missing: string
  failed: string
  thanks: string
}

const ENGLISH: FeedbackTexts = {
  open: 'Feedback',
  close: 'Close',
  title: 'Your opinion',
  question: 'How happy are you with this page?',
  ratings: ['very unhappy', 'unhappy', 'neutral', 'happy', 'very happy'],
  speedQuestion: 'How fast did this page feel?',
  speeds: ['very slow', 'slow', 'in between', 'fast', 'very fast'],
  comment: 'What should we know? (optional)',
  send: 'Send',
  missing: 'Choose a number from 1 to 5 first.',
  failed: 'This could not be sent. Check the connection and try again.',
  thanks: 'Thank you. Your answer has arrived.',
}

const FRENCH: FeedbackTexts = {
  open: 'Votre avis',
  close: 'Fermer',
  title: 'Votre avis',
  question: 'Êtes-vous content de cette page\u00a0?',
  ratings: ['très déçu', 'déçu', 'neutre', 'content', 'très content'],
  speedQuestion: 'Cette page vous a-t-elle paru rapide\u00a0?',
  speeds: ['très lente', 'lente', 'entre les deux', 'rapide', 'très rapide'],
  comment: 'Que devrions-nous savoir\u00a0? (facultatif)',
  send: 'Envoyer',
  missing: 'Choisissez d’abord un chiffre de 1 à 5.',
  failed: 'L’envoi a échoué. Vérifiez la connexion et réessayez.',
  thanks: 'Merci. Votre réponse est arrivée.',
}

export function textsOf(locale: 'en' | 'fr'): FeedbackTexts {
  return locale === 'fr' ? FRENCH : ENGLISH
}
