/** What the project set out to reach, beside what was measured. */

import { FIGURE_PART_IDS } from '../../node/landmarkError'
import type { StoredModel } from './evaluation'

interface Target {
  what: string
  /** `null` where it was not measured. */
  of(models: readonly StoredModel[]): { measured: string; isReached: boolean } | null
}

/** A figure by its path (`all.plain.outside`), or `null`. */
export function figureAt(model: StoredModel | undefined, measure: string, path: string): number | null {
  let value: unknown = model?.measures[measure]?.figures
  for (const key of path.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

const byId = (models: readonly StoredModel[], id: string) => models.find((model) => model.id === id)

/** Shares of true changes, and what changes outside in 1/255. */
const TRUE_PAIRS = { average: 0.6, part: 0.45, outside: 0.8 }
const REAL = { errorPercent: 2.2, followed: 0.7 }
/** Share of the pixels of drawn hair. */
const DRAWN_HAIR_MARGIN = 0.1

/** Landmark error at most this much over the error on true photos. */
const MARGIN_PERCENT = 2

function faithfulOf(id: string): Target {
  return {
    what: `${id}: landmark error at most that of true photos + ${MARGIN_PERCENT} points`,
    of(models) {
      const error = figureAt(byId(models, id), 'faithful', 'generated.error.average')
      const floor = figureAt(byId(models, id), 'faithful', 'truePhotos.error.average')
      if (error === null || floor === null) return null
      return {
        measured: `${error.toFixed(2)} % of the eye distance against ${floor.toFixed(2)} %`,
        isReached: error <= floor + MARGIN_PERCENT,
      }
    },
  }
}

function heldOf(id: string): Target {
  return {
    what: `${id}: with statistics held, change outside under 1/255`,
    of(models) {
      const mean = figureAt(byId(models, id), 'local', 'all.held.outside')
      const worst = figureAt(byId(models, id), 'local', 'worstHeldOutside')
      return mean === null ? null : { measured: `${mean.toFixed(2)} on average, ${worst?.toFixed(2) ?? '–'} at most`, isReached: mean < 1 }
    },
  }
}

function foundOf(id: string, measure: string, path: string, share: number, what: string): Target {
  return {
    what: `${id}: one face found in at least ${100 * share} % of ${what}`,
    of(models) {
      const found = figureAt(byId(models, id), measure, `${path}oneFace`)
      const pictures = figureAt(byId(models, id), measure, `${path}pictures`)
      return found === null || pictures === null ? null : { measured: `${found} of ${pictures}`, isReached: found >= share * pictures }
    },
  }
}

/** What a part is followed by, in each of the parts that a measure tells apart. */
function partsAt(model: StoredModel | undefined, measure: string, of: (part: string) => string): { part: string; followed: number }[] {
  return FIGURE_PART_IDS.flatMap((part) => {
    const followed = figureAt(model, measure, of(part))
    return followed === null ? [] : [{ part, followed }]
  })
}

const least = (parts: readonly { part: string; followed: number }[]) => parts.reduce((a, b) => (b.followed < a.followed ? b : a))

function truePairsOf(id: string): Target {
  return {
    what: `${id}: true changes of one part followed by at least ${TRUE_PAIRS.average.toFixed(2)} on average, by ${TRUE_PAIRS.part} in every part`,
    of(models) {
      const model = byId(models, id)
      const average = figureAt(model, 'truePairs', 'average.plain.followed')
      const parts = partsAt(model, 'truePairs', (part) => `parts.${part}.plain.followed`)
      if (average === null || parts.length === 0) return null
      const lowest = least(parts)
      return {
        measured: `${average.toFixed(2)} on average, ${lowest.followed.toFixed(2)} at least (${lowest.part})`,
        isReached: average >= TRUE_PAIRS.average && lowest.followed >= TRUE_PAIRS.part && parts.length === FIGURE_PART_IDS.length,
      }
    },
  }
}

function outsideOfTruePairs(id: string): Target {
  return {
    what: `${id}: a change of one part changes the rest by at most ${TRUE_PAIRS.outside}/255`,
    of(models) {
      const outside = figureAt(byId(models, id), 'truePairs', 'average.plain.outside')
      return outside === null ? null : { measured: outside.toFixed(2), isReached: outside <= TRUE_PAIRS.outside }
    },
  }
}

function realErrorOf(id: string): Target {
  return {
    what: `${id}: landmark error on contours of real portraits at most ${REAL.errorPercent} %`,
    of(models) {
      const error = figureAt(byId(models, id), 'realContours', 'generated.error.average')
      return error === null ? null : { measured: `${error.toFixed(2)} %`, isReached: error <= REAL.errorPercent }
    },
  }
}

function realFollowedOf(id: string): Target {
  return {
    what: `${id}: contours of real portraits followed by at least ${REAL.followed.toFixed(2)} in the mouth and every other part`,
    of(models) {
      const parts = partsAt(byId(models, id), 'realContours', (part) => `generated.followed.parts.${part}`)
      if (parts.length === 0) return null
      return {
        measured: parts.map(({ part, followed }) => `${part} ${followed.toFixed(2)}`).join(', '),
        isReached: least(parts).followed >= REAL.followed && parts.length === FIGURE_PART_IDS.length,
      }
    },
  }
}

function drawnHairOf(id: string): Target {
  return {
    what: `${id}: hair where it is drawn, as much of it as the same reader finds on true photos less ${DRAWN_HAIR_MARGIN}, and no more elsewhere than without lines`,
    of(models) {
      const model = byId(models, id)
      const at = (path: string) => figureAt(model, 'drawnHair', path)
      const [inside, photo, outside, alone] = [at('withLines.inside'), at('photo.inside'), at('withLines.outside'), at('without.outside')]
      if (inside === null || photo === null || outside === null || alone === null) return null
      return {
        measured: `${inside.toFixed(2)} against ${photo.toFixed(2)}; elsewhere ${outside.toFixed(2)} against ${alone.toFixed(2)}`,
        isReached: inside >= photo - DRAWN_HAIR_MARGIN && outside <= alone + 0.02,
      }
    },
  }
}

const localityOfOurs: Target = {
  what: 'ablation: change outside at equal change inside, ours at most half of M1',
  of(models) {
    const [m1, ours] = ['ablation-m1', 'ablation-ours'].map((id) => figureAt(byId(models, id), 'local', 'all.ratioPlain'))
    if (m1 === null || m1 === undefined || ours === null || ours === undefined) return null
    return {
      measured: `outside / inside ${ours.toFixed(3)} against ${m1.toFixed(3)}: ${(ours / m1).toFixed(2)} times`,
      isReached: ours <= 0.5 * m1,
    }
  },
}

const TARGETS: readonly Target[] = [
  faithfulOf('live'),
  faithfulOf('fine'),
  localityOfOurs,
  heldOf('live'),
  heldOf('fine'),
  heldOf('ablation-ours'),
  truePairsOf('live'),
  outsideOfTruePairs('live'),
  realErrorOf('live'),
  realFollowedOf('live'),
  drawnHairOf('live'),
  foundOf('live', 'halfDrawn', 'all.', 0.95, 'half-drawn pages'),
  foundOf('live', 'doodles', '', 0.8, 'doodles'),
]

/** Header first. Targets that were not measured are left out. */
export function targetTable(models: readonly StoredModel[]): string[][] {
  const rows = TARGETS.flatMap((target) => {
    const outcome = target.of(models)
    return outcome ? [[target.what, outcome.measured, outcome.isReached ? 'reached' : '**not reached**']] : []
  })
  return [['aim', 'measured', ''], ...rows]
}
