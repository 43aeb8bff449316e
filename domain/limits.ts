/** So many notes a dossier takes in a day: 16,000 scans of one once made a read of it 5.3 MB. */
export const notesADay = 200;
