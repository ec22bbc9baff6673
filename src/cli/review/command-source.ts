/** Where the commands of a person come from. */
export interface CommandSource {
  /** Shows a prompt and gives the next line, null once there are no more or it was interrupted. */
  next(prompt: string): Promise<string | null>;
  /** Lets go of the input, and leaves the terminal as it was. */
  close(): void;
}
