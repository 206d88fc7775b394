/** Owner of everything that is made without saying whose it is: a person at this machine. */
export const LOCAL_OWNER = 'local';
