// A mocked tool that answers nobody before all have called it: only then were they all there at once.
const ALL = 500;

/** @type {(() => void)[]} */
const waiting = [];

export async function together() {
  await new Promise((resolve) => {
    waiting.push(() => resolve(null));
    if (waiting.length === ALL) for (const go of waiting) go();
  });
  return { there: waiting.length };
}
