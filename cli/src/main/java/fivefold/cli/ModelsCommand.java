package fivefold.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the I/O models. */
@Command(
    name = "models",
    description = {
      "List the I/O models: how each waits, whether it can run here, or why not and what to do;",
      "and which one auto takes."
    },
    footer = {
      "",
      "Examples:",
      "  fivefold models",
      "  fivefold models --json | jq -r '.models[] | select(.available) | .model'"
    })
final class ModelsCommand implements Runnable {
  @Option(names = "--json", description = "Print JSON, for programs.")
  boolean json;

  @Override
  public void run() {
    if (json) {
      System.out.println(ModelsJson.text());
    } else {
      ModelTable.lines().forEach(System.out::println);
    }
  }
}
