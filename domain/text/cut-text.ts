/**
 * Text of at most `max` UTF-16 units that can be stored: half a surrogate pair, which a cut may leave and which another
 * system may send, is in no encoding of UTF-8, and PostgreSQL refuses JSON that holds one.
 */
export function cutText(text: string, max: number): string {
  return text
    .slice(0, max)
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '');
}
