/** The dissolve of the apps; both have it by this name. */
export const DISSOLVE = '叠化';
