package fivefold.lab.report;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The warnings and notes of results, which are stored in English: those that are known, in Chinese,
 * too.
 */
final class Remarks {
  private record Known(Pattern english, String chinese) {
    Known(String english, String chinese) {
      this(Pattern.compile(english), chinese);
    }
  }

  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "stopped early: the figures are those of the rounds that were finished",
              "提前停止：这些是已完成各轮的数字"),
          new Known(
              "the load generator was at its limit with (.+): there requests/s is .*",
              "测 $1 时负载发生器已到极限：那里的请求/秒是发生器的，不是服务器的；请比较每请求的 CPU 时间"),
          new Known("errors with (.+): their figures are of little worth", "$1 有错误：其数字价值不大"),
          new Known("not finished: (.+); the reason stands in the row", "未完成：$1；原因见该行"),
          new Known(
              "CPU time per request differs from round to round by more than (\\d+)% with (.+);"
                  + " a quieter machine, or a longer --duration, narrows it",
              "$2 每请求的 CPU 时间各轮相差超过 $1%；机器更安静或 --duration 更长，差别会缩小"),
          new Known(
              "([\\d,]+) requests/s were not answered by (.+): requests wait longer .*",
              "$2 没能答复每秒 $1 个请求：负载持续多久，请求就越等越久，因此这些延迟说明的是过载和 --duration"),
          new Known(
              "the load generator began requests late with (.+): their latency has its delay in it;"
                  + " ask for a lower --rate",
              "测 $1 时负载发生器发请求晚了：其延迟里有发生器的延迟；请降低 --rate"),
          new Known(
              "servers and load share the processors: .*", "服务器和负载共用处理器，互相抢时间；两个核和 Linux 才能把它们分开"),
          new Known(
              "(\\d+) loops of each server share core ([^;]+); .*",
              "每个服务器的 $1 个循环共用核 $2；循环多于核没有好处"),
          new Known(
              "the machine was not quiet: other processes used ([\\d.]+) cores; .*",
              "机器不安静：其他进程用了 $1 个核；请停掉它们再比较"),
          new Known(
              "the hypervisor took ([\\d.]+) cores' worth of time for other guests",
              "虚拟机管理程序为别的客户机拿走了 $1 个核的时间"),
          new Known(
              "(\\S+) is not available here and was left out: needs (libkqueue\\S+)",
              "$1 在这里不可用，已略去：需要 $2"),
          new Known(
              "(\\S+) is not available here and was left out: needs the program java, and (.+) is"
                  + " not there",
              "$1 在这里不可用，已略去：需要程序 java，而 $2 不在那里"),
          new Known("(\\S+) is not available here and was left out: (.*)", "$1 在这里不可用，已略去：$2"),
          new Known(
              "cut to (\\d+) of (\\d+) connections: a process may have (\\d+) descriptors; .*",
              "减为 $2 个连接中的 $1 个：一个进程至多有 $3 个描述符；要更多，请提高硬限制（ulimit -Hn）"),
          new Known(
              "(?:(.+?): )?cut to (\\d+) of (\\d+) connections: it cannot use descriptors from"
                  + " (\\d+) on",
              "${name}减为 $3 个连接中的 $2 个：它不能用 $4 及以上的描述符"),
          new Known(
              "(?:(.+?): )?cut to (\\d+) of (\\d+) connections: each is a JVM of about 50 MB",
              "${name}减为 $3 个连接中的 $2 个：每个都是一个约 50 MB 的 JVM"),
          new Known(
              "(?:(.+?): )?cut to (\\d+) of (\\d+) connections: a thread for each, and .*",
              "${name}减为 $3 个连接中的 $2 个：每个要一个线程，这台机器的设置允许不了更多"),
          new Known(
              "(?:(.+?): )?--workers (\\d+), a thread for each connection",
              "${name}--workers $2，每个连接一个线程"),
          new Known(
              "(?:(.+?): )?--workers (\\d+), a process for each connection; its figures are of all"
                  + " processes together",
              "${name}--workers $2，每个连接一个进程；数字是全部进程之和"),
          new Known("(?:(.+?): )?not Fivefold's: (.*)", "${name}不是 Fivefold 的：$2"),
          new Known(
              "(?:(.+?): )?left out round (\\d+): no reply in the window",
              "${name}略去第 $2 轮：测量时段内没有一个答复"),
          new Known("(?:(.+?): )?first failure: (.*)", "${name}第一次失败：$2"),
          new Known("(?:(.+?): )?ended after round (\\d+): (.*)", "${name}第 $2 轮之后结束：$3"),
          new Known(
              "(?:(.+?): )?port (\\d+) is taken: a server listens there already; stop it first",
              "${name}端口 $2 已被占用：那里已有服务器在监听；请先停掉它"),
          new Known(
              "(?:(.+?): )?did not listen on (\\S+) within (\\d+) s; (.*)",
              "${name}$3 秒内没有在 $2 监听；$4"),
          new Known(
              "(?:(.+?): )?ended before it listened on port (\\d+) with exit code 0 \\(it must stay in"
                  + " the foreground\\); (.*)",
              "${name}还没在端口 $2 监听就结束了，退出码 0（它须留在前台运行）；$3"),
          new Known(
              "(?:(.+?): )?ended before it listened on port (\\d+) with exit code (\\d+); (.*)",
              "${name}还没在端口 $2 监听就结束了，退出码 $3；$4"),
          new Known(
              "(?:(.+?): )?ended before it listened with exit code (\\d+); (.*)",
              "${name}还没开始监听就结束了，退出码 $2；$3"),
          new Known(
              "(?:(.+?): )?did not say within (\\d+) s where it listens; (.*)",
              "${name}$2 秒内没有说出在哪里监听；$3"),
          new Known("(?:(.+?): )?ended with exit code (\\d+); (.*)", "${name}已结束，退出码 $2；$3"),
          new Known("(?:(.+?): )?no reply in (\\d+) rounds", "${name}$2 轮都没有答复"),
          new Known(
              "(?:(.+?): )?answered no request in round (\\d+)(?:: (.*))?",
              "${name}第 $2 轮没有答复任何请求：$3"));

  private Remarks() {}

  /** Unknown ones stay as they are. */
  static Text inBoth(String english) {
    for (Known known : KNOWN) {
      Matcher matcher = known.english().matcher(english);
      if (matcher.matches()) {
        return new Text(english, printed(matcher.replaceFirst(template(known, matcher))));
      }
    }
    return Text.same(english);
  }

  /** How the errors of servers end. */
  private static String printed(String chinese) {
    return chinese.replace("；it printed nothing", "；它什么也没有打印").replace("；it printed: ", "；它打印了：");
  }

  /** The name of the row stands before its notes. */
  private static String template(Known known, Matcher matcher) {
    boolean named = known.chinese().startsWith("${name}");
    return !named
        ? known.chinese()
        : known.chinese().replace("${name}", matcher.group(1) == null ? "" : "$1：");
  }
}
