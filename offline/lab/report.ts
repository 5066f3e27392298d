/** Measured spreads → docs/lab.md: a table a model, and each statement of the thesis with the figures found here, whichever way they fall. */

import type { GroupSpread } from '../../src/lab/spread'
import { ENCODER_LAYERS } from '../../src/shared/featurePlace'
import type { MeasuredModel } from './measure'
import { editReport } from './reportEdits'

/** Groups whose edit lies outside what the first two layers see at the corner of the eye. */
export const EYE_LEFT_ALONE = ['hair', 'attribute', 'faceShape', 'brows', 'mouth', 'nose', 'mouthOtherEyes', 'noseOtherEyes']

const LAYERS = Array.from({ length: ENCODER_LAYERS }, (_, i) => i)
const percent = (value: number | null): string => (value === null ? '–' : (100 * value).toFixed(1))
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

export function labReport(models: readonly MeasuredModel[], groupIds: readonly string[]): string {
  const tables = models.flatMap((model) => ['', `### ${model.name} (${model.id}, ${model.sizePx} px)`, '', ...table(model, groupIds)])
  return `${[...HEAD, '', '## What the thesis says, and what was found', '', ...statements(models, groupIds), '', ...silences(models), '', ...editReport(models), '', '## The figures', ...tables].join('\n')}\n`
}

const HEAD = [
  '# The lab: how an edit spreads through the encoder',
  '',
  'Made by `npm run lab -- measure`; the screen “Lab” shows the same figures, and a journey holds the two together. 198 drawings in eleven groups (`npm run lab -- draw`), each group one base',
  'drawing and edits of one part of it, in the counts of the thesis: 26 15 12 17 19 9 12 26 19 26 19. These add up to 200; the base drawings of groups 8 and 9 stand in groups 11 and 10 as well, which',
  'leaves 198 different ones. Features are read at the corner of the left eye, (170, 250) at 512, at the same place of every layer. They are no copies of the thesis’s drawings, and its models were trained on photos at',
  '512 px with width 48; ours are trained on synthetic people at the size given, with width 12 (live: 16). What carries over is which way a figure goes, not the figure.',
  '',
  'Of M1 the thesis says that the first two statements do not hold: its norms let every line have a say everywhere.',
  '',
  '**Spread** within a group is the mean distance of its vectors from their mean, **distance** between groups the mean distance of the means of two groups; both in percent of the mean length of all vectors of that layer. “=” says',
  'that all vectors of the group are equal to the last bit.',
]

function table({ spreads }: MeasuredModel, groupIds: readonly string[]): string[] {
  const cells = groupIds.map((id, group) => row([id, ...spreads.map(({ groups }) => groupText(groups[group]))]))
  return [
    row(['group', ...LAYERS.map((layer) => `L${layer}`)]),
    `|---|${LAYERS.map(() => '---|').join('')}`,
    ...cells,
    row(['within', ...spreads.map(({ within }) => percent(within))]),
    row(['between', ...spreads.map(({ between }) => percent(between))]),
  ]
}

function groupText(group: GroupSpread | undefined): string {
  if (group?.distinct !== 1 || group.within === null) return percent(group?.within ?? null)
  return group.zeros > 0 ? '0' : '='
}

/** Whether most vectors of a layer are zero. */
function saysNothing({ spreads }: MeasuredModel, layer: number): boolean {
  const groups = spreads[layer]?.groups ?? []
  return 2 * total(groups.map(({ zeros }) => zeros)) > total(groups.map(({ count }) => count))
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** Layers that say nothing of this place. */
function silences(models: readonly MeasuredModel[]): string[] {
  return models.flatMap((model) =>
    LAYERS.filter((layer) => saysNothing(model, layer)).map((layer) => {
      const groups = model.spreads[layer]?.groups ?? []
      const [zeros, count] = [total(groups.map((group) => group.zeros)), total(groups.map((group) => group.count))]
      return `In L${layer} of ${model.name} ${zeros} of ${count} vectors are zero: behind its ReLU nothing is left at this place, on a line. Spread and distance there say nothing (“0”), and no statement is judged by them.`
    }),
  )
}

/** Mean spread, by layer, of the groups that leave the eye alone. */
function spreadAlone({ spreads }: MeasuredModel, groupIds: readonly string[]): number[] {
  return spreads.map(({ groups }) => {
    const withins = groups.flatMap(({ within }, i) => (EYE_LEFT_ALONE.includes(groupIds[i] ?? '') && within !== null ? [within] : []))
    return withins.reduce((sum, value) => sum + value / withins.length, 0)
  })
}

function equalGroups({ spreads }: MeasuredModel, groupIds: readonly string[], layer: number): number {
  return spreads[layer]?.groups.filter(({ distinct }, i) => distinct === 1 && EYE_LEFT_ALONE.includes(groupIds[i] ?? '')).length ?? 0
}

const rises = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value > (values[i - 1] as number))
const falls = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value < (values[i - 1] as number))
const verdict = (holds: boolean): string => (holds ? 'holds' : '**does not hold**')
const chain = (values: readonly (number | null)[]): string => values.map(percent).join(' → ')

export function statements(models: readonly MeasuredModel[], groupIds: readonly string[]): string[] {
  const of = EYE_LEFT_ALONE.length
  const lines = models.flatMap((model) => {
    const { name, spreads, together } = model
    const alone = spreadAlone(model, groupIds)
    const judged = (layers: readonly number[], holds: boolean): string =>
      layers.some((layer) => saysNothing(model, layer)) ? 'cannot be judged' : verdict(holds)
    const between = spreads.map((layer) => layer.between ?? 0)
    return [
      row([
        name,
        'v0 and v1 are equal where the edit leaves the eye alone',
        `${equalGroups(model, groupIds, 0)} and ${equalGroups(model, groupIds, 1)} of ${of} groups`,
        ours(model, groupIds),
      ]),
      row([
        name,
        'two groups with the same eyes share one v0',
        `${Object.values(together)
          .map((counts) => counts[0])
          .join(' and ')} different ones`,
        verdict(Object.values(together).every((counts) => counts[0] === 1)),
      ]),
      row([name, 'in these groups spread grows from v2 to v4', chain(alone.slice(2)), judged([2, 3, 4], rises(alone.slice(2)))]),
      row([name, 'distance between groups shrinks from v0 to v4', chain(between), judged(LAYERS, falls(between))]),
    ]
  })
  return [row(['model', 'statement', 'found', 'here it']), '|---|---|---|---|', ...lines]
}

function ours(model: MeasuredModel, groupIds: readonly string[]): string {
  return verdict([0, 1].every((layer) => equalGroups(model, groupIds, layer) === EYE_LEFT_ALONE.length))
}
