/** A number that is written with the digits it was read with, such as `1.0` or a long id. */
export class SpelledNumber {
  /** As it stands in JSON. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
