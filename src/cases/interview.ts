/**
 * The sheet of an interview, step by step, as data; its words are in the languages. Free recall comes first, and no picture is shown before it: National Institute of
 * Justice, "Eyewitness Evidence: A Guide for Law Enforcement" (NCJ 178240, 1999), section II on developing composites; open questions before closed ones and the
 * witness's own words: section III there, and Fisher and Geiselman, "Memory-Enhancing Techniques for Investigative Interviewing" (1992). docs/cases.md has more.
 */

export const STEP_IDS = ['before', 'instructions', 'freeRecall', 'openQuestions', 'features', 'review'] as const
export type StepId = (typeof STEP_IDS)[number]

export interface InterviewStep {
  readonly id: StepId
  /** What the operator ticks off; a name each, whose words are in the languages. */
  readonly checks: readonly CheckId[]
  /** The witness's words are taken down. */
  readonly takesWords: boolean
}

export const CHECK_IDS = ['alone', 'quiet', 'noPictures', 'noSuggestions', 'mayNotKnow', 'noGuessing', 'ownWords', 'notEvidence'] as const
export type CheckId = (typeof CHECK_IDS)[number]

export const INTERVIEW: readonly InterviewStep[] = [
  { id: 'before', checks: ['alone', 'quiet', 'noPictures'], takesWords: false },
  { id: 'instructions', checks: ['mayNotKnow', 'noGuessing', 'notEvidence'], takesWords: false },
  { id: 'freeRecall', checks: ['ownWords', 'noSuggestions'], takesWords: true },
  { id: 'openQuestions', checks: [], takesWords: true },
  { id: 'features', checks: [], takesWords: true },
  { id: 'review', checks: [], takesWords: true },
]

/** The step after which pictures may be shown and the drawing may begin. */
export const BEFORE_DRAWING: StepId = 'freeRecall'
