package fivefold.net;

/** Two who hear of the same stages. */
record BothStages(StageRecorder first, StageRecorder second) implements StageRecorder {

  @Override
  public StageSpan begin(Stage stage) {
    StageSpan outer = first.begin(stage);
    StageSpan inner = second.begin(stage);
    return amount -> {
      inner.end(amount);
      outer.end(amount);
    };
  }
}
