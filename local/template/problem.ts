/** Something in the template that cannot be run on this machine. The message is a whole sentence for the person at the terminal. */
export class TemplateProblem extends Error {
  override readonly name = 'TemplateProblem';
}
