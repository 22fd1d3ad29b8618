const lookalikes: Record<string, string> = {
  '*': '＊',
  '`': '｀',
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '#': '＃',
  '\\': '＼',
  '|': '｜',
};

/**
 * Makes text that a person typed mean nothing in the Markdown of a group robot: no link, no emphasis, and no tag that
 * calls a whole group (`<at id=all>`, `<@all>`). The three robots share no way of escaping, so each character that could
 * be read as such is put by its full-width likeness, which people read the same. An underscore stays: italics do no
 * harm, and addresses and ids hold it.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[*`[\]<>#\\|]/g, (character) => lookalikes[character] as string);
}
