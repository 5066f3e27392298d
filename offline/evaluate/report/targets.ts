/** What the project set out to reach, beside what was measured. */

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
