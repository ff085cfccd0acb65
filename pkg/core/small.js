/** Which files are small. */

/** A file of up to this many bytes counts as small: it is read in one go, and goes into a batch. */
const SMALL = 64 * 1024;

/** Whether a file, Blob or source is small. @param {{ readonly size: number }} file */
export const isSmall = ({ size }) => size <= SMALL;
