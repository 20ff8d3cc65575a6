package guide;

import fivefold.net.Availability.Unavailable;
import fivefold.net.IoModel;

class ChooseModel {
  static String describe(IoModel model) {
    return switch (model.availability()) {
      case Unavailable(String reason, String remedy) -> model + ": no, " + reason + "; " + remedy;
      default -> model + ": " + model.summary();
    };
  }

  public static void main(String[] args) {
    IoModel.all().forEach(model -> System.out.println(describe(model)));
  }
}
