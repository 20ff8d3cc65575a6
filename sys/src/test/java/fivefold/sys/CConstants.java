package fivefold.sys;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The numbers of classes that speak C, and what C has to say to them. */
final class CConstants {
  private CConstants() {}

  /** All int and long constants but for the private ones, by {@code "Class.NAME"}. */
  static Map<String, Long> of(List<Class<?>> classes) throws Exception {
    Map<String, Long> constants = new HashMap<>();
    for (Class<?> type : classes) {
      for (Field field : type.getDeclaredFields()) {
        boolean isNumber = Set.of(int.class, long.class).contains(field.getType());
        boolean isConstant = Modifier.isStatic(field.getModifiers());
        if (isNumber && isConstant && !Modifier.isPrivate(field.getModifiers())) {
          constants.put(
              type.getSimpleName() + "." + field.getName(), ((Number) field.get(null)).longValue());
        }
      }
    }
    return constants;
  }

  /** What a constant is in C when it goes by its own name there. */
  static String inC(String name) {
    return name.substring(name.indexOf('.') + 1);
  }

  /** A line of C that does not compile when the expression has another value. */
  static String assertion(String name, String expression, long value) {
    return "_Static_assert((int) (%s) == (int) %dLL, \"%s\");".formatted(expression, value, name);
  }
}
