const id = String.raw`P(?:0[1-9]|1\d|20)\.\d{1,2}`;
// Between single quotes it is data, between backticks or after "like" an example: neither claims anything.
const citation = new RegExp(
  String.raw`(?<!['\`]|\blike |例如 )\b(${id})\b(?!['\`])(?:[–-](?:P\d\d\.)?(\d{1,2})\b)?`,
  'g',
);

/** The obligations a text claims to serve, each once: `(P07.6)`, and `P07.1–2` for the two. */
export function citedObligations(text: string): string[] {
  const ids = [...text.matchAll(citation)].flatMap(([, first = '', last]) => {
    const [procedure = '', from = ''] = first.split('.');
    const count = last === undefined ? 1 : Math.max(1, Number(last) - Number(from) + 1);
    return Array.from({ length: count }, (_, n) => `${procedure}.${Number(from) + n}`);
  });
  return [...new Set(ids)];
}
