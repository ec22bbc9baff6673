/** Path of a file of the project in its repository, where that is another folder. */
export function placeOf(file: string, folder: string | undefined): string {
  return folder ? `${folder}/${file}` : file;
}
