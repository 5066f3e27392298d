import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import meanFace from '../../src/faces/meanFace.json'
import { readFaceSets, readLooks, spread } from './faceSet'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'face-set-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
const write = (name: string, text: string): string => {
  writeFileSync(path.join(folder, name), text)
  return path.join(folder, name)
}

describe('readFaceSets', () => {
  it('reads names, landmarks and where the photos lie', () => {
    write('faces.jsonl', `${JSON.stringify({ name: '010020', landmarks68: meanFace, attributes: { male: 1, age: 40 } })}\n\n`)
    const [face, ...others] = readFaceSets([folder])
    expect(others).toEqual([])
    expect(face).toEqual({
      name: '010020',
      landmark68: meanFace,
      photoPath: path.join(folder, 'photo', '010020.jpg'),
      maskPath: path.join(folder, 'mask', '010020.png'),
      person: { male: 1, ageYears: 40, skinTone: null, smile: null },
      isValidation: true,
    })
  })

  it('puts folders one after the other and refuses a name that occurs twice', () => {
    const second = path.join(folder, 'second')
    mkdirSync(second)
    write('faces.jsonl', `${JSON.stringify({ name: '010020', landmarks68: meanFace })}\n`)
    write('second/faces.jsonl', `${JSON.stringify({ name: '050020', landmarks68: meanFace })}\n`)
    expect(readFaceSets([folder, second]).map(({ name }) => name)).toEqual(['010020', '050020'])
    expect(() => readFaceSets([folder, folder])).toThrow('010020')
  })

  it('names the line that is broken', () => {
    const index = write(
      'faces.jsonl',
      `${JSON.stringify({ name: '010020', landmarks68: meanFace })}\n{"name":"010021","landmarks68":[[1,2]]}\n`,
    )
    expect(() => readFaceSets([folder])).toThrow(`${index}:2`)
    write('faces.jsonl', `${JSON.stringify({ name: '../../secret', landmarks68: meanFace })}\n`)
    expect(() => readFaceSets([folder])).toThrow('no usable name')
  })

  it('says which option names the folder when there is none', () => {
    expect(() => readFaceSets([path.join(folder, 'nowhere')])).toThrow('--data')
  })
})

describe('the split and the choice of faces', () => {
  it('goes by split.json, by the rule for names that are not in it, and leaves out what a person left out', () => {
    const parted = path.join(folder, 'parted')
    mkdirSync(parted)
    const row = (name: string) => `${JSON.stringify({ name, landmarks68: meanFace })}\n`
    write('parted/faces-1.jsonl', row('anna') + row('010020'))
    write('parted/faces-2.jsonl', row('010040') + row('blurred'))
    write('parted/split.json', JSON.stringify({ train: ['010020'], validation: ['anna'], leftOut: ['blurred'] }))
    const faces = readFaceSets([parted])
    expect(faces.map(({ name, isValidation }) => [name, isValidation])).toEqual([
      ['anna', true],
      ['010020', false],
      ['010040', true],
    ])
  })

  it('spreads a choice evenly', () => {
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 2)).toEqual([2, 7])
    expect(spread([1, 2], 5)).toEqual([1, 2])
  })
})

describe('readLooks', () => {
  it('gives looks by name, and none when there is no file', () => {
    const file = write('looks.json', JSON.stringify([{ name: '010020', look: { age: 40, beard: null } }]))
    expect(readLooks([file, path.join(folder, 'none.json')]).get('010020')).toEqual({ age: 40, beard: null })
    expect(readLooks([path.join(folder, 'none.json')]).size).toBe(0)
  })

  it('refuses rows of another kind', () => {
    expect(() => readLooks([write('looks.json', '[{"name":"010020"}]')])).toThrow('name, look')
  })
})
