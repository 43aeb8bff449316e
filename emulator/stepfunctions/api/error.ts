/** An answer that is an error of AWS's: `name` is its type on the wire. */
export class ApiError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
