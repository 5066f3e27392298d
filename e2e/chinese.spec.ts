/** The Chinese interface from end to end, and the way between the languages. */
import { expect, test } from '@playwright/test'
import { latinWords } from './support/latinWords'
import { button, draw, expectSaved, inkAmount, openStudio, STROKES, sketch } from './support/studio'

test.use({ locale: 'zh-CN' })

test('speaks Chinese throughout a session', async ({ page }) => {
  await openStudio(page)
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans')
  await expect(page).toHaveTitle('人脸画室')
  await expect(sketch(page)).toHaveAccessibleName('草图')
  await expect(page.getByRole('img', { name: '生成的人脸' })).toBeVisible()
  expect(await latinWords(page)).toEqual([])

  await draw(page, STROKES.smile)
  await expectSaved(page, '已保存在本机')
  await button(page, '锁定区域外').click()
  await draw(page, STROKES.leftBrow)
  await button(page, '撤销').click()
  await button(page, '选择').click()
  expect(await latinWords(page)).toEqual([])

  await button(page, '文件').click()
  await expect(page.getByRole('menuitem', { name: '线稿（PNG）' })).toBeVisible()
  expect(await latinWords(page)).toEqual([])
  await page.keyboard.press('Escape')

  await button(page, '草图库').click()
  await expect(page.getByRole('dialog', { name: '草图库' })).toBeVisible()
  await expect(page.getByText('正在画')).toBeVisible()
  expect(await latinWords(page)).toEqual([])
  await page.keyboard.press('Escape')

  await button(page, '帮助与快捷键').click()
  await expect(page.getByRole('heading', { name: '用键盘画' })).toBeVisible()
  expect(await latinWords(page)).toEqual([])
})

test('keeps the language that was chosen', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  const ink = await inkAmount(page)
  await button(page, '语言').click()
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expectSaved(page)
  await openStudio(page)
  await expect(button(page, 'Pen')).toBeVisible()
  expect(await inkAmount(page)).toBe(ink)
})
