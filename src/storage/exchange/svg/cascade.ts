/** Which declarations hold for an element: presentation attributes, style sheets by specificity and order, the `style` attribute, `!important` (CSS 2.1, section 6.4). */

import type { Budget } from '../budget'
import { type Compound, parseDeclarations, parseStyleSheet, type Rule, type Selector } from './css'
import type { XmlElement } from './xml'

/** What an element's own declarations say, by property; inheritance is the reader's matter. */
export type Declared = ReadonlyMap<string, string>

/** Attributes that are not presentation attributes are read where they belong; these may also come from style sheets. */
const PRESENTATION: ReadonlySet<string> = new Set(
  (
    'display visibility opacity fill fill-opacity fill-rule stroke stroke-width stroke-opacity color clip-path clip-rule mask filter overflow ' +
    'font-size vector-effect stop-color stop-opacity transform-origin marker marker-start marker-mid marker-end'
  ).split(' '),
)

/** An element among its ancestors. */
export interface Place {
  readonly element: XmlElement
  readonly parent: Place | null
  /** Among its siblings, from 0. */
  readonly index: number
}

interface Entry {
  readonly rule: Rule
  readonly order: number
}

export class Cascade {
  private readonly byKey = new Map<string, Entry[]>()
  private readonly budget: Budget

  constructor(root: XmlElement, budget: Budget) {
    this.budget = budget
    for (const [order, rule] of collectRules(root).entries()) {
      const key = keyOf(rule.selector.compounds.at(-1)?.compound)
      const entries = this.byKey.get(key)
      if (entries) entries.push({ rule, order })
      else this.byKey.set(key, [{ rule, order }])
    }
  }

  declared(place: Place): Declared {
    const { attributes } = place.element
    const values = new Map<string, string>()
    for (const [name, value] of attributes) if (PRESENTATION.has(name)) values.set(name, value)
    const matching = this.matching(place)
    const own = attributes.has('style') ? parseDeclarations(attributes.get('style') ?? '') : []
    for (const isImportant of [false, true]) {
      for (const { rule } of matching) {
        for (const declaration of rule.declarations) {
          if (declaration.isImportant === isImportant) values.set(declaration.property, declaration.value)
        }
      }
      for (const declaration of own) if (declaration.isImportant === isImportant) values.set(declaration.property, declaration.value)
    }
    return values
  }

  private matching(place: Place): Entry[] {
    if (this.byKey.size === 0) return []
    const { name, attributes } = place.element
    const keys = [
      '*',
      name,
      ...(attributes.has('id') ? [`#${attributes.get('id')}`] : []),
      ...classesOf(place.element).map((word) => `.${word}`),
    ]
    const found: Entry[] = []
    for (const key of new Set(keys)) {
      for (const entry of this.byKey.get(key) ?? []) {
        this.budget.spend(50)
        if (matches(entry.rule.selector, entry.rule.selector.compounds.length - 1, place, this.budget)) found.push(entry)
      }
    }
    return found.sort((a, b) => a.rule.selector.specificity - b.rule.selector.specificity || a.order - b.order)
  }
}

function collectRules(root: XmlElement): Rule[] {
  const rules: Rule[] = []
  const visit = (element: XmlElement): void => {
    const { type } = { type: element.attributes.get('type') ?? 'text/css' }
    if (element.name === 'style' && type === 'text/css') for (const rule of parseStyleSheet(element.text)) rules.push(rule)
    for (const child of element.children) visit(child)
  }
  visit(root)
  return rules
}

const keyOf = (compound: Compound | undefined): string => {
  if (!compound) return '*'
  if (compound.id !== null) return `#${compound.id}`
  if (compound.classes[0] !== undefined) return `.${compound.classes[0]}`
  return compound.type ?? '*'
}

const classesOf = (element: XmlElement): string[] => (element.attributes.get('class') ?? '').split(/\s/u).filter((word) => word !== '')

function matches({ compounds }: Selector, at: number, place: Place, budget: Budget): boolean {
  budget.spend(20)
  const entry = compounds[at]
  if (!entry || !fits(entry.compound, place)) return false
  if (at === 0) return true
  switch (entry.combinator) {
    case '>':
      return place.parent !== null && matches({ compounds, specificity: 0 }, at - 1, place.parent, budget)
    case '+':
    case '~': {
      for (let i = place.index - 1; i >= (entry.combinator === '+' ? place.index - 1 : 0); i--) {
        const element = place.parent?.element.children[i]
        if (element && matches({ compounds, specificity: 0 }, at - 1, { element, parent: place.parent, index: i }, budget)) return true
      }
      return false
    }
    default: {
      for (let ancestor = place.parent; ancestor; ancestor = ancestor.parent)
        if (matches({ compounds, specificity: 0 }, at - 1, ancestor, budget)) return true
      return false
    }
  }
}

function fits(compound: Compound, { element, parent, index }: Place): boolean {
  if (compound.type !== null && compound.type !== element.name) return false
  if (compound.id !== null && compound.id !== element.attributes.get('id')) return false
  if (compound.isRoot && parent !== null) return false
  if (compound.isFirstChild && index !== 0) return false
  if (compound.classes.length > 0) {
    const classes = classesOf(element)
    if (!compound.classes.every((word) => classes.includes(word))) return false
  }
  return compound.attributes.every(({ name, operator, value }) => attributeFits(element.attributes.get(name), operator, value))
}

function attributeFits(actual: string | undefined, operator: string, value: string): boolean {
  if (actual === undefined) return false
  switch (operator) {
    case '':
      return true
    case '=':
      return actual === value
    case '~=':
      return actual.split(/\s/u).includes(value)
    case '|=':
      return actual === value || actual.startsWith(`${value}-`)
    case '^=':
      return value !== '' && actual.startsWith(value)
    case '$=':
      return value !== '' && actual.endsWith(value)
    default:
      return value !== '' && actual.includes(value)
  }
}
