// What a JSON file holds of a type: the values of its enumerations.
export type Plain<T> = T extends string
  ? `${T}`
  : T extends number | boolean | null | undefined
    ? T
    : T extends (infer Item)[]
      ? Plain<Item>[]
      : { [Key in keyof T]: Plain<T[Key]> };
