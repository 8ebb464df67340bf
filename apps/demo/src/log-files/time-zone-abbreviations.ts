/**
 * Offsets of the abbreviations that have had a single offset since 2012.
 *
 * Source: the IANA time zone database, https://www.iana.org/time-zones
 */
const OFFSETS: Readonly<Record<string, string>> = {
  ...{ Z: '+00:00', UT: '+00:00', UTC: '+00:00', GMT: '+00:00' },
  ...{ WET: '+00:00', WEST: '+01:00', CET: '+01:00', CEST: '+02:00', EET: '+02:00', EEST: '+03:00' },
  ...{ WAT: '+01:00', CAT: '+02:00', SAST: '+02:00', EAT: '+03:00' },
  ...{ PKT: '+05:00', WIB: '+07:00', WITA: '+08:00', WIT: '+09:00', HKT: '+08:00', JST: '+09:00' },
  ...{ AWST: '+08:00', ACST: '+09:30', ACDT: '+10:30', AEST: '+10:00', AEDT: '+11:00', NZST: '+12:00', NZDT: '+13:00' },
  ...{ NST: '-03:30', NDT: '-02:30', AST: '-04:00', ADT: '-03:00', EST: '-05:00', EDT: '-04:00' },
  ...{ MST: '-07:00', MDT: '-06:00', PDT: '-07:00', AKST: '-09:00', AKDT: '-08:00', HST: '-10:00', HDT: '-09:00' },
};

/** Abbreviations with several offsets, or that only Java or another runtime writes. */
const AMBIGUOUS: ReadonlySet<string> = new Set(
  `
  AMT ART AZT BDT BNT BRT BRST BST BTT CDT ChST CLT CLST COT CST ECT FJT GST HKST ICT IDT IRDT IRST IST KDT KST
  MEST MMT MSD MSK MYT NPT PET PHT PKST PST PYT SGT SST TRT ULAT UYT UZT VET WAST WGT AWDT
  `
    .trim()
    .split(/\s+/),
);

/** Returns the offset of an abbreviation. `undefined`: the word is none. Throws an error if several offsets are possible. */
export function findOffset(word: string): string | undefined {
  if (AMBIGUOUS.has(word)) {
    throw new Error(
      `time zone must be UTC, an offset such as +09:00, or an abbreviation with one meaning such as JST, got "${word}"`,
    );
  }
  const name = /^(z|ut|utc|gmt)$/i.test(word) ? word.toUpperCase() : word;
  return Object.hasOwn(OFFSETS, name) ? OFFSETS[name] : undefined;
}
