/** What a language says of the key check's rules: shapes only. English has few, for the core writes English. */

/**
 * @import { CheckCode, CheckRemark, Finding } from '../../check.js'
 * @import { check } from './en/check.js'
 * @import { useLocale } from './format.js'
 */

/**
 * One rule. `demand`: what the service demands; `remedy`: what to do. The rest: how it came out, by the verdict. Each
 * must be true in every case of its verdict. The core's exact sentence is folded below.
 * @typedef {{ demand: string, remedy?: string } & { [V in Finding['verdict']]?: string }} RuleWords
 */
/**
 * @typedef {object} CheckRules
 * @property {Record<string, RuleWords>} rules by the rule's id
 * @property {Record<Finding['verdict'], string>} verdicts where a rule has no words of its own for a verdict
 * @property {Record<string, string>} contradictions by the ids of both rules, `M3 C3`
 * @property {Record<string, string>} refusals why no command was made, where no rule is the reason
 * @property {Record<CheckCode | CheckRemark, string>} messages by their code, or by the name of the remark
 */
/** @typedef {{ check: typeof check, rules: CheckRules | null, useLocale: typeof useLocale }} CheckLanguage */

export {};
