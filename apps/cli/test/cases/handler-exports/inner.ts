export function inner() {}
export function six() {}
