/** What errors from below say, in the languages that are not theirs: by the name of the language, and by the English words. */

export const SENTENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  简体中文: {
    'The pass phrase is wrong. Mind capitals and spaces, and try again.': '口令不正确。请注意大小写和空格，然后再试。',
    'This case is open in another tab. Close it there first.': '本案已在另一个标签页中打开。请先在那里关闭。',
    'This case is not on this machine any more.': '本案已不在这台电脑上。',
    'This case was changed or deleted in another tab. Open it again.': '本案已在另一个标签页中被更改或删除。请重新打开。',
    'This case is on this machine already. Wipe it first if the one in the file is to take its place.':
      '本案已在这台电脑上。若要用文件中的替换它，请先清除它。',
    'This file is no case of Face Studio. Encrypted cases end in .facecase.': '此文件不是本画室的案件。加密案件的文件名以 .facecase 结尾。',
    'No session is under way. Start one with a witness first.': '没有正在进行的会话。请先与证人开始一次会话。',
    'The model is not ready yet. Try again in a moment.': '模型尚未就绪。请稍后再试。',
  },
}
