/** Styles: the preview of a file. */

export const PREVIEW = `
`;
