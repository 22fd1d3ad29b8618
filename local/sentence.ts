/** Something a person has to put right: its message is one clear sentence, shown without a stack. */
export class Sentence extends Error {
  override readonly name = 'Sentence';
}

/** Tells the person at the terminal what is being done. */
export type Say = (line: string) => void;
