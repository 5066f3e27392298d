/** Measured edits → their part of docs/lab.md: the edit that the lab opens with, and the mean of all. */

import { ENCODER_LAYERS } from '../../src/shared/featurePlace'
import type { MeasuredModel } from './measure'
import { type MeasuredEdit, PASSES, type Pass } from './measureEdits'

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const percent = (value: number): string => (100 * value).toFixed(1)
const change = (value: number): string => value.toFixed(2)
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value / values.length, 0)
const NAMES: Readonly<Record<Pass, string>> = { plain: 'as they are', held: 'held' }
const LAYERS = Array.from({ length: ENCODER_LAYERS }, (_, i) => i)

type Models = readonly Pick<MeasuredModel, 'id' | 'name' | 'edits'>[]

export function editReport(models: Models): string[] {
  const count = models[0]?.edits.plain.length ?? 0
  return [
    '## One edit at a time',
    '',
    `The second drawing of each group against its first, ${count} edits; the lab opens with that of “hair”. Held: the norms keep what they measured before the edit. Share of a layer’s places at which at least one bit is another, in percent:`,
    '',
    row(['model', 'norms', ...LAYERS.map((i) => `L${i}, hair`), ...LAYERS.map((i) => `L${i}, mean`)]),
    `|---|---|${LAYERS.map(() => '---|---|').join('')}`,
    ...rows(models, (edits) => [
      ...LAYERS.map((i) => percent(edits[0]?.moved[i] ?? 0)),
      ...LAYERS.map((i) => percent(mean(edits.map(({ moved }) => moved[i] ?? 0)))),
    ]),
    '',
    'Mean change of the face in 1/255, within 24 sketch pixels of the edited lines (gaps between them filled) and outside:',
    '',
    row(['model', 'norms', 'inside, hair', 'outside, hair', 'inside, mean', 'outside, mean']),
    '|---|---|---|---|---|---|',
    ...rows(models, (edits) => [
      change(edits[0]?.inside ?? 0),
      change(edits[0]?.outside ?? 0),
      change(mean(edits.map(({ inside }) => inside))),
      change(mean(edits.map(({ outside }) => outside))),
    ]),
    '',
    ...verdicts(models),
  ]
}

function rows(models: Models, cells: (edits: readonly MeasuredEdit[]) => readonly string[]): string[] {
  return models.flatMap(({ name, edits }) => PASSES.map((pass) => row([name, NAMES[pass], ...cells(edits[pass])])))
}

/** Whichever way they fall. */
function verdicts(models: Models): string[] {
  const outside = (id: string, pass: Pass): number =>
    mean((models.find((model) => model.id === id)?.edits[pass] ?? []).map((edit) => edit.outside))
  const said = (holds: boolean): string => (holds ? 'holds' : '**does not hold**')
  const [m1, ours, held] = [outside('ablation-m1', 'plain'), outside('ablation-ours', 'plain'), outside('ablation-ours', 'held')]
  return [
    `- Outside the edit the face changes less in Ours than in M1: ${change(ours)} against ${change(m1)}, which ${said(ours < m1)}.`,
    `- And less again with the statistics held: ${change(held)} against ${change(ours)}, which ${said(held < ours)}.`,
  ]
}
