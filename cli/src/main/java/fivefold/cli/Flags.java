package fivefold.cli;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Tells picocli what a command takes, in code instead of annotations: to read those of {@code
 * serve} took 100 ms of each start. Descriptions are lines of the help.
 *
 * <pre>{@code
 * flags.value("--port", "PORT", new WholeNumber(), value -> port = value, "Port to listen on.");
 * }</pre>
 */
final class Flags {
  private final CommandSpec spec;

  Flags(CommandSpec spec) {
    this.spec = spec;
  }

  /** A word that is no flag, and must be there. */
  void word(String label, Consumer<String> field, String... description) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel(label)
            .type(String.class)
            .required(true)
            .setter(new Field<>(field))
            .hasInitialValue(false)
            .description(description)
            .build());
  }

  /** A flag that is given or not. */
  void toggle(String name, Consumer<Boolean> field, String... description) {
    spec.addOption(
        OptionSpec.builder(name)
            .type(boolean.class)
            .setter(new Field<>(field))
            .hasInitialValue(false)
            .description(description)
            .build());
  }

  void text(String name, String label, Consumer<String> field, String... description) {
    value(name, label, text -> text, field, description);
  }

  /** A flag with a value. */
  <T> void value(
      String name,
      String label,
      ITypeConverter<T> converter,
      Consumer<T> field,
      String... description) {
    spec.addOption(
        OptionSpec.builder(name)
            .paramLabel(label)
            .type(Object.class)
            .converters(converter)
            .setter(new Field<>(field))
            .hasInitialValue(false)
            .description(description)
            .build());
  }

  /** A flag that can be given again; each value may be several, separated by {@code split}. */
  <T> void list(
      String name,
      String label,
      String split,
      ITypeConverter<T> converter,
      Supplier<List<T>> field,
      Consumer<List<T>> setter,
      String... description) {
    Field<List<T>> list = new Field<>(field, setter);
    spec.addOption(
        OptionSpec.builder(name)
            .paramLabel(label)
            .splitRegex(split)
            .type(List.class)
            .auxiliaryTypes(Object.class)
            .converters(converter)
            .getter(list)
            .setter(list)
            .hasInitialValue(false)
            .description(description)
            .build());
  }

  /** What picocli reads and writes: a field of whoever described the flag. */
  record Field<V>(Supplier<@Nullable V> getter, Consumer<V> setter) implements IGetter, ISetter {
    /** One that picocli need not read. */
    Field(Consumer<V> setter) {
      this(() -> null, setter);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as picocli declares it
    public <T> T get() {
      return (T) getter.get();
    }

    /** Gets what the flag's own converter made. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> T set(T value) {
      setter.accept((V) value);
      return value;
    }
  }
}
