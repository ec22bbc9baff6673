/** Makes work of one name wait until the first of it is over, however that ends; the rest is then done at the same time. */
export function firstAlone(): <Result>(
  name: string,
  work: () => Promise<Result>,
) => Promise<Result> {
  const firsts = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    if (firsts.has(name)) {
      await firsts.get(name);
      return work();
    }
    const made = work();
    firsts.set(
      name,
      made.catch(() => undefined),
    );
    return made;
  };
}
