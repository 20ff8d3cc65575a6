package fivefold.cli;

import fivefold.net.Availability.Unavailable;
import fivefold.net.IoModel;
import fivefold.net.ModelChoice;
import java.util.ArrayList;
import java.util.List;

/** The models, those that are missing, and what {@code auto} takes, as lines for a reader. */
final class ModelTable {
  private static final String ROW = "%-12s %-14s %-5s %-4s %-5s ";

  /** Where the last column begins. */
  private static final int INDENT = ROW.formatted("", "", "", "", "").length();

  private final List<String> lines = new ArrayList<>();

  private ModelTable() {}

  static List<String> lines() {
    ModelTable table = new ModelTable();
    table.lines.add(ROW.formatted("model", "family", "here", "udp", "unix") + "how it waits");
    IoModel.all().forEach(table::add);
    UnbuiltModels.ALL.forEach(table::add);
    table.lines.add("");
    table.add(IoModel.auto());
    return table.lines;
  }

  private void add(IoModel model) {
    Unavailable why = model.availability() instanceof Unavailable unavailable ? unavailable : null;
    add(
        model.word(),
        model.family(),
        why == null,
        model.servesDatagrams() ? "yes" : "no",
        unix(model),
        model.summary());
    if (why != null) {
      explain("why: ", why.reason());
      explain("fix: ", why.remedy());
    }
  }

  private void add(UnbuiltModels.Unbuilt unbuilt) {
    add(unbuilt.word(), unbuilt.family(), false, "-", "-", unbuilt.waits());
    explain("why: ", unbuilt.reason());
  }

  private void add(
      String word,
      IoModel.Family family,
      boolean isHere,
      String datagrams,
      String unix,
      String waits) {
    String row = ROW.formatted(word, family.word(), isHere ? "yes" : "no", datagrams, unix);
    List<String> wrapped = Wrapped.lines(row, INDENT, waits);
    lines.add(isHere ? wrapped.getFirst() : Colour.YELLOW.of(" no ", wrapped.getFirst()));
    lines.addAll(wrapped.subList(1, wrapped.size()));
  }

  /** Which Unix sockets: any, those with a file, or none. */
  private static String unix(IoModel model) {
    return switch (model.unixSockets()) {
      case NONE -> "no";
      case FILES -> "file";
      case FILES_AND_NAMES -> "yes";
    };
  }

  private void explain(String word, String text) {
    String first = " ".repeat(INDENT) + word;
    lines.addAll(Wrapped.lines(first, first.length(), text));
  }

  private void add(ModelChoice choice) {
    lines.add(ChoiceLines.taken(choice));
    for (ModelChoice.PassedOver other : choice.passedOver()) {
      String first = "  %-11s".formatted(other.model());
      lines.addAll(Wrapped.lines(first, first.length(), other.reason()));
    }
  }
}
