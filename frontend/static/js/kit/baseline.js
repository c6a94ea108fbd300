/** The plain regressor: what a mixture is compared with unless asked otherwise. */
export const BASELINE = "no_gmm";
