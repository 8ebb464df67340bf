import type { Interpreter } from '../interpreter/interpreter';

/** Comparison of a Choice that tests a type, such as `IsNull` or `IsPresent`. */
const TYPE_TEST = /^Is[A-Z]/;

/** Lets a type test that expects `false` match what has another type. The interpreter only evaluates those that expect `true`. */
export function evaluateNegativeTypeTests({ ChoiceStateAction }: Interpreter) {
  const { testChoiceRule } = ChoiceStateAction.prototype;
  ChoiceStateAction.prototype.testChoiceRule = function (rule, ...rest) {
    const typeTest = Object.keys(rule).find((name) => TYPE_TEST.test(name));
    return typeTest !== undefined && rule[typeTest] === false
      ? !testChoiceRule.call(this, { ...rule, [typeTest]: true }, ...rest)
      : testChoiceRule.call(this, rule, ...rest);
  };
}
