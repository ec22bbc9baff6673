/** A disk that is a map in the world of the trial. */

export const diskUsage = (_args, { world }) => ({ percent: world.percent });

export const listFiles = ({ folder }, { world, fail }) =>
  Object.keys(folderIn(world, folder, fail));

export function deleteFile({ file }, { world, call, fail }) {
  if (call === 1) throw fail('busy', 'The disk is busy, try again');
  const [folder, name] = file.split('/');
  const files = folderIn(world, folder, fail);
  if (!Object.hasOwn(files, name)) throw fail('not_found', `There is no file ${file}`);
  world.percent -= files[name];
  delete files[name];
  return { deleted: file };
}

function folderIn(world, folder, fail) {
  if (Object.hasOwn(world.folders, folder)) return world.folders[folder];
  throw fail('not_found', `There is no folder ${folder}`);
}
