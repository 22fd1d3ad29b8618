import { describe, expect, it } from 'vitest';
import { mailAddressSchema } from '../../domain/text/shape.js';

describe('a mail address', () => {
  it('is read without the blanks around it, in small letters', () => {
    expect(mailAddressSchema.parse(' Wang@Example.com ')).toBe('wang@example.com');
  });

  it.each(['a@b.example\n', '\r\na@b.example', 'a@b.example\nBcc: c@d.example', 'a@b.example,c@d.example'])(
    'with a line break or a second address is refused wherever it stands: %j',
    (text) => {
      expect(mailAddressSchema.safeParse(text).success).toBe(false);
    },
  );
});
