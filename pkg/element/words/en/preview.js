/** English: the preview of a file. */

export const preview = {
  title: 'Preview',
};
