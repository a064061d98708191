import type { Locale } from '../time/locale.ts'
import { FAULTS_EN } from './fault-words-en.ts'
import { FAULTS_FR } from './fault-words-fr.ts'

type Faults = typeof FAULTS_EN
export type FaultCode = keyof Faults
type ValuesOf<Code extends FaultCode> = Parameters<Faults[Code]> extends [infer Values] ? Values : null

/** What is wrong with a rule, as a code with its values: the words are of whoever shows it. */
export type Fault = { [Code in FaultCode]: { code: Code; values: ValuesOf<Code> } }[FaultCode]

export type FaultWords = { readonly [Code in FaultCode]: (values: ValuesOf<Code>) => string }

/** A fault in words, which the name of a field or the column of a line stands before. */
export function sayFault(fault: Fault, locale: Locale): string {
  const words: FaultWords = locale === 'fr' ? FAULTS_FR : (FAULTS_EN as unknown as FaultWords)
  return (words[fault.code] as (values: unknown) => string)(fault.values)
}

/** The end of a sentence: a fault that ends in a question has its mark already. */
export function endSentence(words: string): string {
  return /[.?]$/.test(words) ? words : `${words}.`
}
