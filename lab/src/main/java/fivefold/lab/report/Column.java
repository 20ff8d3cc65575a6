package fivefold.lab.report;

import fivefold.lab.record.OnceFigures;
import fivefold.lab.record.Row;
import fivefold.lab.record.Spread;
import fivefold.lab.record.Summary;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A column of figures: what it is, how it was measured, and where it is found. */
record Column(Text title, Text explanation, Function<Row, @Nullable Spread> figure, double factor) {
  static final Column THROUGHPUT =
      new Column(
          new Text("requests/s", "请求/秒"),
          new Text(
              "Replies that came back in the window, over its length. One thread makes the "
                  + "load; where that thread was at its limit (see load) this is its figure, not "
                  + "the server's.",
              "测量窗口内收到的答复数除以窗口长度。负载由一个线程产生；它到极限时（见“负载”一栏），这" + "是它的数字，不是服务器的。"),
          over(Summary::requestsPerSecond),
          1);

  static final Column CPU =
      new Column(
          new Text("CPU µs/request", "CPU µs/请求"),
          new Text(
              "CPU time of the server process, all its threads, user and kernel, over the "
                  + "window (clock_gettime on the process's CPU clock), divided by the requests. "
                  + "The figure to compare by: it does not depend on how fast the load generator "
                  + "is.",
              "服务器进程全部线程在窗口内用掉的 CPU 时间（用户态与内核态，进程 CPU 时钟 cl"
                  + "ock_gettime）除以请求数。比较应看这一项：它不取决于负载发生器有多快。"),
          over(Summary::cpuMicros),
          1);

  static final Column USER =
      new Column(
          new Text("user", "用户态"),
          new Text(
              "The part of it outside the kernel: the total divided as utime and stime of "
                  + "/proc/PID/stat are, which the kernel counts in hundredths of a second.",
              "其中内核之外的部分：总数按 /proc/PID/stat 的 utime 与 stime" + " 之比划分，内核以百分之一秒计它们。"),
          over(Summary::userMicros),
          1);

  static final Column SYSTEM =
      new Column(
          new Text("system", "内核态"),
          new Text("The part of it in the kernel.", "其中内核里的部分。"),
          over(Summary::systemMicros),
          1);

  static final Column P50 =
      new Column(
          new Text("p50 µs", "p50 µs"),
          new Text(
              "Half of the requests took at most so long, until the reply has been read and "
                  + "compared. In a closed loop this begins just before a request is sent, and a "
                  + "slow server is asked less, so that its longest delays weigh less than in real "
                  + "life. In an open loop (--rate) it begins when the request was due, also when "
                  + "it could not be sent yet: nothing is left out, and a server that is too slow "
                  + "for the rate shows it.",
              "一半请求至多用这么久，直到答复读完并比对完。闭环从发送前一刻算起，慢的服务器被问得少，它"
                  + "最长的延迟因此比现实中分量轻；开环（--rate）从请求到期算起，还不能发送时也算：什么"
                  + "也不漏掉，跟不上速率的服务器会显出来。"),
          over(Summary::p50Micros),
          1);

  static final Column P90 =
      new Column(
          new Text("p90 µs", "p90 µs"),
          new Text("Nine of ten took at most so long.", "十分之九至多用这么久。"),
          over(Summary::p90Micros),
          1);

  static final Column P99 =
      new Column(
          new Text("p99 µs", "p99 µs"),
          new Text("99 of a hundred.", "百分之九十九。"),
          over(Summary::p99Micros),
          1);

  static final Column P999 =
      new Column(
          new Text("p99.9 µs", "p99.9 µs"),
          new Text("999 of a thousand.", "千分之九百九十九。"),
          over(Summary::p999Micros),
          1);

  static final Column MAX =
      new Column(
          new Text("max µs", "最长 µs"),
          new Text("The longest of the round.", "一轮中最长的。"),
          over(Summary::maxMicros),
          1);

  static final Column SWITCHES =
      new Column(
          new Text("switches/request", "切换/请求"),
          new Text(
              "Context switches of the server's threads, voluntary and not, from "
                  + "/proc/PID/task/*/status, over a somewhat longer window with its own count of "
                  + "requests.",
              "服务器各线程的上下文切换，自愿与非自愿，取自 /proc/PID/task/*/stat" + "us，窗口略长，除以自己的请求数。"),
          over(Summary::contextSwitches),
          1);

  static final Column THREADS =
      new Column(
          new Text("threads", "线程"),
          new Text("Threads of the server process, the JVM's among them.", "服务器进程的线程数，JVM 自己的也在内。"),
          over(Summary::threads),
          1);

  static final Column RSS =
      new Column(
          new Text("RSS MiB", "RSS MiB"),
          new Text(
              "Resident memory of the server process after the window. Most of it is the "
                  + "JVM; the heap is not collected before.",
              "窗口之后服务器进程的常驻内存。大部分是 JVM；之前没有回收堆。"),
          over(Summary::rssBytes),
          1.0 / (1 << 20));

  static final Column LOAD =
      new Column(
          new Text("load", "负载"),
          new Text(
              "CPU time of the load generator's thread over time. Near 1 it was the "
                  + "bottleneck.",
              "负载发生器线程的 CPU 时间与窗口之比。接近 1 时瓶颈是它。"),
          over(Summary::loadBusy),
          1);

  static final Column CALLS =
      new Column(
          new Text("calls/request", "系统调用/请求"),
          new Text(
              "System calls of the server's threads, counted by the kernel's tracepoint "
                  + "raw_syscalls:sys_enter (perf_event_open) over a tenth of a second before the "
                  + "rounds, since counting makes each call slower. Where this user may not count, "
                  + "and above 2,000 threads, it is left out.",
              "服务器各线程的系统调用数，由内核跟踪点 raw_syscalls:sys_enter（p"
                  + "erf_event_open）在各轮之前数十分之一秒，因为计数会使每次调用变慢。当前用户"
                  + "不许计数，或线程多于 2,000 时，略去。"),
          once(OnceFigures::systemCalls),
          1);

  static final Column OPEN =
      new Column(
          new Text("open ms", "建连 ms"),
          new Text(
              "How long it took until all connections were open and had their first reply; "
                  + "32 at a time wait for it.",
              "直到所有连接建立并各得到第一个答复所用的时间；同时至多 32 个在等。"),
          over(Summary::openMillis),
          1);

  static final Column HEAP =
      new Column(
          new Text("heap B/connection", "堆 B/连接"),
          new Text(
              "Heap in use after a collection (jcmd), with all connections less with none, "
                  + "once before the rounds; from 500 connections on, of JVMs.",
              "回收（jcmd）之后使用中的堆：有全部连接时减去没有连接时，各轮之前测一次；500 个连" + "接起，只测 JVM。"),
          once(OnceFigures::heapBytesPerConnection),
          1);

  static final Column RSS_EACH =
      new Column(
          new Text("RSS B/connection", "RSS B/连接"),
          new Text(
              "The same of resident memory, threads' stacks among it; what the kernel keeps "
                  + "for sockets is not in it.",
              "常驻内存的同一差值，线程栈在内；内核为套接字保留的内存不在内。"),
          once(OnceFigures::rssBytesPerConnection),
          1);

  static final Column GC =
      new Column(
          new Text("GC ms", "GC ms"),
          new Text(
              "Time that the server's JVM collected garbage in the window, by the counters "
                  + "it keeps for jstat.",
              "服务器 JVM 在窗口内回收垃圾的时间，取自它为 jstat 保留的计数器。"),
          over(Summary::collectionMillis),
          1);

  /** In the order of the table. */
  static final List<Column> ALL =
      List.of(
          THROUGHPUT,
          CPU,
          USER,
          SYSTEM,
          P50,
          P90,
          P99,
          P999,
          MAX,
          SWITCHES,
          CALLS,
          THREADS,
          RSS,
          RSS_EACH,
          HEAP,
          OPEN,
          GC,
          LOAD);

  private static Function<Row, @Nullable Spread> over(Function<Summary, @Nullable Spread> figure) {
    return row -> {
      Summary summary = row.summary();
      return summary == null ? null : figure.apply(summary);
    };
  }

  private static Function<Row, @Nullable Spread> once(
      Function<OnceFigures, @Nullable Double> figure) {
    return row -> {
      OnceFigures once = row.once();
      Double value = once == null ? null : figure.apply(once);
      return value == null ? null : Spread.of(value);
    };
  }

  /** The figure in the column's unit, or null when it was not measured. */
  @Nullable Spread of(Row row) {
    Spread spread = figure.apply(row);
    return spread == null
        ? null
        : new Spread(spread.median() * factor, spread.min() * factor, spread.max() * factor);
  }
}
