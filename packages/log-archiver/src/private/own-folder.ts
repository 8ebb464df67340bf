/** Where the archiver puts what it writes itself, as core has it: runs, periods, receipts and parts. */
export const OWN_FOLDER = '_log-archiver';
