/** Every path into a `Data`, as JSONPath writes it. */
type PathInto<Data> = Data extends readonly unknown[]
  ? never
  : Data extends object
    ? { [K in keyof Data & string]: `.${K}` | `.${K}${PathInto<NonNullable<Data[K]>>}` }[keyof Data & string]
    : never;

/** A JSONPath to a field that `Data` has, or into the context object. */
export type JsonPath<Data> = `$${PathInto<Data>}` | `$$.${string}`;

type Field<Name extends string, Value, Data> =
  | { [N in Name]: Value }
  | { [N in `${Name}.$`]: JsonPath<Data> | `States.${string}` };

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/**
 * The parameters with which a state makes a `T` from its input `Data`: every field of `T` once, by its name with a
 * value, or by its name and `.$` with a JSONPath. A field renamed in the contract stops the compiler at its state.
 */
export type PayloadOf<T, Data> =
  Intersection<{ [K in keyof T & string]: { value: Field<K, T[K], Data> } }[keyof T & string]> extends {
    value: infer Payload;
  }
    ? Payload
    : never;

/** A path that the compiler has looked at. */
export function pathInto<Data>(path: JsonPath<Data>): string {
  return path;
}
