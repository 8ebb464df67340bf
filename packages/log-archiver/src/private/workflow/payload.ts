/** Every path into a `Data`, as JSONPath. */
type PathInto<Data> = Data extends readonly unknown[]
  ? never
  : Data extends object
    ? { [K in keyof Data & string]: `.${K}` | `.${K}${PathInto<NonNullable<Data[K]>>}` }[keyof Data & string]
    : never;

/** JSONPath to a field of `Data`, or into the context object. */
export type JsonPath<Data> = `$${PathInto<Data>}` | `$$.${string}`;

type Field<Name extends string, Value, Data> =
  | { [N in Name]: Value }
  | { [N in `${Name}.$`]: JsonPath<Data> | `States.${string}` };

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/**
 * Parameters with which a state makes a `T` from its input `Data`.
 *
 * Each field of `T` appears once: by its name with a value, or by its name and `.$` with a JSONPath. Renaming a field
 * in the contract is a compile error in the state that uses it.
 */
export type PayloadOf<T, Data> =
  Intersection<{ [K in keyof T & string]: { value: Field<K, T[K], Data> } }[keyof T & string]> extends {
    value: infer Payload;
  }
    ? Payload
    : never;

/** Returns the path, which the compiler has checked. */
export function pathInto<Data>(path: JsonPath<Data>): string {
  return path;
}
