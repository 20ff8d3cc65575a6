package fivefold.cli;

/**
 * The run an AOT cache is made from: the classes loaded here start faster from then on. {@code
 * cli/src/build/finish-dist.sh} starts it when the project is built; it is no command.
 */
final class AotTraining {
  private AotTraining() {}

  /**
   * Goes through what most starts go through, in this one JVM: a cache records a single run.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Main.run("--version");
    Main.run("--help");
    System.exit(0);
  }
}
