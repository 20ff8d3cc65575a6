package fivefold.lab.report;

import fivefold.lab.record.Axis;
import fivefold.lab.record.Workload;
import java.util.Map;

/** Words of the records, in each language. */
final class Words {
  private static final Map<String, String> MIXES =
      Map.of(
          "idle", "大多空闲",
          "slow-readers", "慢读者",
          "slow-writers", "慢写者",
          "churn", "连接不断更替",
          "bursts", "突发");

  private Words() {}

  static Text of(Axis axis) {
    return new Text(
        axis.title(),
        switch (axis) {
          case CONNECTIONS -> "连接数";
          case SIZE -> "字节数";
          case PIPELINE -> "在途请求数";
          case RATE -> "要求的请求/秒";
        });
  }

  static Text of(Workload workload) {
    String mix = workload.mix();
    return new Text(
        workload.toString(),
        workload.service()
            + (mix == null ? "" : "（" + MIXES.getOrDefault(mix, mix) + "）")
            + (workload.repliesSame() ? "，原样返回" : "")
            + "，"
            + workload.connections()
            + " 个连接 × "
            + workload.messageBytes()
            + " 字节，"
            + (workload.rate() == null
                ? "每连接 " + workload.pipeline() + " 个在途"
                : "每秒 "
                    + Numbers.compact(workload.rate())
                    + " 个请求，每连接至多 "
                    + workload.pipeline()
                    + " 个在途"));
  }
}
