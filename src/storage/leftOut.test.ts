import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { readLeftOut } from './leftOut'
import { openStorage } from './storage'
import { documentOf, freshDatabaseName, lockTable } from './testing'

it('a sketch keeps which parts of the mean face it leaves out, and forgets it with the last one', async () => {
  const options = { databaseName: freshDatabaseName(), locks: lockTable() }
  const storage = await openStorage(options)
  const session = await storage.sketches.create(documentOf('a', ['s']))
  await session.record({ ...session.document, leftOut: ['nose', 'mouth'], unplaced: true })
  await session.close()
  const again = await storage.sketches.open('a')
  expect(again.document.leftOut).toEqual(['nose', 'mouth'])
  expect(again.document.unplaced).toBe(true)
  const { leftOut: _, unplaced: __, ...all } = again.document
  await again.record(all)
  await again.close()
  const plain = (await storage.sketches.open('a')).document
  expect(['leftOut' in plain, 'unplaced' in plain]).toEqual([false, false])
})

it('takes nothing but names of parts from a file or a damaged row', () => {
  expect(readLeftOut(['mouth', 'hair', 7, 'nose', 'nose'])).toEqual({ leftOut: ['nose', 'mouth'] })
  for (const raw of [undefined, null, 'nose', {}, [], ['tail']]) expect(readLeftOut(raw)).toEqual({})
})
