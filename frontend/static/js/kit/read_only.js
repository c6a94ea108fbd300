/** Whether this service only shows what it has: nothing may be uploaded, scored anew, checked or deleted. */
export const READ_ONLY = globalThis.document?.documentElement.dataset.readOnly !== undefined;
