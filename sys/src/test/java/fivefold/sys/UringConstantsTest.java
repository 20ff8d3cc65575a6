package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The constants and layouts of io_uring against linux/io_uring.h. Headers are often older than the
 * kernel that runs: what came later than Linux 6.1 is checked only where the header is new enough,
 * and by what the kernel does in the other tests.
 */
class UringConstantsTest {
  @TempDir Path directory;

  private static final List<Class<?>> CLASSES =
      List.of(
          BufferRing.class,
          Uring.class,
          UringCancel.class,
          UringCqe.class,
          UringDatagram.class,
          UringFiles.class,
          UringOperation.class,
          UringParams.class,
          UringProbe.class,
          UringSqe.class,
          UringWait.class);

  private static final String HEADERS =
      """
      #include <linux/io_uring.h>
      #include <linux/version.h>
      #include <stddef.h>
      #include <sys/syscall.h>
      #define SQE(field) offsetof(struct io_uring_sqe, field)
      #define CQE(field) offsetof(struct io_uring_cqe, field)
      #define PARAMS(field) offsetof(struct io_uring_params, field)
      """;

  /** What a constant is in C, where that is not its own name. */
  private static final Map<String, String> EXPRESSIONS =
      Map.ofEntries(
          Map.entry("BufferRing.REGISTRATION_BYTES", "sizeof(struct io_uring_buf_reg)"),
          Map.entry(
              "BufferRing.RING_ADDRESS_OFFSET", "offsetof(struct io_uring_buf_reg, ring_addr)"),
          Map.entry(
              "BufferRing.RING_ENTRIES_OFFSET", "offsetof(struct io_uring_buf_reg, ring_entries)"),
          Map.entry("BufferRing.GROUP_OFFSET", "offsetof(struct io_uring_buf_reg, bgid)"),
          Map.entry(
              "BufferRing.REGISTRATION_FLAGS_OFFSET", "offsetof(struct io_uring_buf_reg, flags)"),
          Map.entry("BufferRing.MAX_COUNT", "1 << 15"),
          Map.entry("BufferRing.ENTRY_BYTES", "sizeof(struct io_uring_buf)"),
          Map.entry("BufferRing.ADDRESS_OFFSET", "offsetof(struct io_uring_buf, addr)"),
          Map.entry("BufferRing.LENGTH_OFFSET", "offsetof(struct io_uring_buf, len)"),
          Map.entry("BufferRing.ID_OFFSET", "offsetof(struct io_uring_buf, bid)"),
          Map.entry("BufferRing.TAIL_OFFSET", "offsetof(struct io_uring_buf_ring, tail)"),
          Map.entry("UringCancel.BYTES", "sizeof(struct io_uring_sync_cancel_reg)"),
          Map.entry("UringCancel.TARGET_OFFSET", "offsetof(struct io_uring_sync_cancel_reg, addr)"),
          Map.entry("UringCancel.FD_OFFSET", "offsetof(struct io_uring_sync_cancel_reg, fd)"),
          Map.entry("UringCancel.FLAGS_OFFSET", "offsetof(struct io_uring_sync_cancel_reg, flags)"),
          Map.entry(
              "UringCancel.TIMEOUT_OFFSET", "offsetof(struct io_uring_sync_cancel_reg, timeout)"),
          Map.entry("UringCqe.BYTES", "sizeof(struct io_uring_cqe)"),
          Map.entry("UringCqe.USER_DATA_OFFSET", "CQE(user_data)"),
          Map.entry("UringCqe.RESULT_OFFSET", "CQE(res)"),
          Map.entry("UringCqe.FLAGS_OFFSET", "CQE(flags)"),
          Map.entry("UringDatagram.BYTES", "sizeof(struct io_uring_recvmsg_out)"),
          Map.entry(
              "UringDatagram.NAME_BYTES_OFFSET", "offsetof(struct io_uring_recvmsg_out, namelen)"),
          Map.entry(
              "UringDatagram.PAYLOAD_BYTES_OFFSET",
              "offsetof(struct io_uring_recvmsg_out, payloadlen)"),
          Map.entry(
              "UringDatagram.CONTROL_BYTES_OFFSET",
              "offsetof(struct io_uring_recvmsg_out, controllen)"),
          Map.entry("UringDatagram.FLAGS_OFFSET", "offsetof(struct io_uring_recvmsg_out, flags)"),
          Map.entry("UringFiles.REGISTER_BYTES", "sizeof(struct io_uring_rsrc_register)"),
          Map.entry(
              "UringFiles.REGISTER_COUNT_OFFSET", "offsetof(struct io_uring_rsrc_register, nr)"),
          Map.entry(
              "UringFiles.REGISTER_FLAGS_OFFSET", "offsetof(struct io_uring_rsrc_register, flags)"),
          Map.entry(
              "UringFiles.REGISTER_DATA_OFFSET", "offsetof(struct io_uring_rsrc_register, data)"),
          Map.entry("UringFiles.UPDATE_BYTES", "sizeof(struct io_uring_rsrc_update)"),
          Map.entry(
              "UringFiles.UPDATE_INDEX_OFFSET", "offsetof(struct io_uring_rsrc_update, offset)"),
          Map.entry("UringFiles.UPDATE_DATA_OFFSET", "offsetof(struct io_uring_rsrc_update, data)"),
          Map.entry("UringFiles.RANGE_BYTES", "sizeof(struct io_uring_file_index_range)"),
          Map.entry(
              "UringFiles.RANGE_FIRST_OFFSET", "offsetof(struct io_uring_file_index_range, off)"),
          Map.entry(
              "UringFiles.RANGE_COUNT_OFFSET", "offsetof(struct io_uring_file_index_range, len)"),
          Map.entry("UringParams.BYTES", "sizeof(struct io_uring_params)"),
          Map.entry("UringParams.SQ_ENTRIES_OFFSET", "PARAMS(sq_entries)"),
          Map.entry("UringParams.CQ_ENTRIES_OFFSET", "PARAMS(cq_entries)"),
          Map.entry("UringParams.FLAGS_OFFSET", "PARAMS(flags)"),
          Map.entry("UringParams.SQ_THREAD_IDLE_OFFSET", "PARAMS(sq_thread_idle)"),
          Map.entry("UringParams.FEATURES_OFFSET", "PARAMS(features)"),
          Map.entry("UringParams.SQ_OFFSETS", "PARAMS(sq_off)"),
          Map.entry("UringParams.SQ_HEAD_OFFSET", "PARAMS(sq_off.head)"),
          Map.entry("UringParams.SQ_TAIL_OFFSET", "PARAMS(sq_off.tail)"),
          Map.entry("UringParams.SQ_FLAGS_OFFSET", "PARAMS(sq_off.flags)"),
          Map.entry("UringParams.SQ_ARRAY_OFFSET", "PARAMS(sq_off.array)"),
          Map.entry("UringParams.CQ_OFFSETS", "PARAMS(cq_off)"),
          Map.entry("UringParams.CQ_HEAD_OFFSET", "PARAMS(cq_off.head)"),
          Map.entry("UringParams.CQ_TAIL_OFFSET", "PARAMS(cq_off.tail)"),
          Map.entry("UringParams.CQ_OVERFLOW_OFFSET", "PARAMS(cq_off.overflow)"),
          Map.entry("UringParams.CQ_CQES_OFFSET", "PARAMS(cq_off.cqes)"),
          Map.entry("UringParams.CQ_FLAGS_OFFSET", "PARAMS(cq_off.flags)"),
          Map.entry("UringProbe.PROBE_BYTES", "sizeof(struct io_uring_probe)"),
          Map.entry(
              "UringProbe.OPERATIONS_COUNT_OFFSET", "offsetof(struct io_uring_probe, ops_len)"),
          Map.entry("UringProbe.OPERATION_BYTES", "sizeof(struct io_uring_probe_op)"),
          Map.entry(
              "UringProbe.OPERATION_FLAGS_OFFSET", "offsetof(struct io_uring_probe_op, flags)"),
          Map.entry("UringSqe.BYTES", "sizeof(struct io_uring_sqe)"),
          Map.entry("UringSqe.OPCODE_OFFSET", "SQE(opcode)"),
          Map.entry("UringSqe.FLAGS_OFFSET", "SQE(flags)"),
          Map.entry("UringSqe.IOPRIO_OFFSET", "SQE(ioprio)"),
          Map.entry("UringSqe.FD_OFFSET", "SQE(fd)"),
          Map.entry("UringSqe.OFF_OFFSET", "SQE(off)"),
          Map.entry("UringSqe.ADDR_OFFSET", "SQE(addr)"),
          Map.entry("UringSqe.LEN_OFFSET", "SQE(len)"),
          Map.entry("UringSqe.OPERATION_FLAGS_OFFSET", "SQE(msg_flags)"),
          Map.entry("UringSqe.USER_DATA_OFFSET", "SQE(user_data)"),
          Map.entry("UringSqe.BUF_GROUP_OFFSET", "SQE(buf_group)"),
          Map.entry("UringSqe.FILE_INDEX_OFFSET", "SQE(file_index)"),
          Map.entry("UringSqe.ADDR_LEN_OFFSET", "SQE(addr_len)"),
          Map.entry("UringSqe.COMMAND_OFFSET", "SQE(cmd_op)"),
          Map.entry("UringSqe.OPTION_LEVEL_OFFSET", "SQE(level)"),
          Map.entry("UringSqe.OPTION_NAME_OFFSET", "SQE(optname)"),
          Map.entry("UringSqe.OPTION_LENGTH_OFFSET", "SQE(optlen)"),
          Map.entry("UringSqe.OPTION_VALUE_OFFSET", "SQE(optval)"),
          Map.entry("UringWait.BYTES", "sizeof(struct io_uring_getevents_arg)"),
          Map.entry(
              "UringWait.ALLOCATED_BYTES",
              "sizeof(struct io_uring_getevents_arg) + sizeof(struct __kernel_timespec)"),
          Map.entry("UringWait.SIGMASK_OFFSET", "offsetof(struct io_uring_getevents_arg, sigmask)"),
          Map.entry(
              "UringWait.SIGMASK_BYTES_OFFSET",
              "offsetof(struct io_uring_getevents_arg, sigmask_sz)"),
          Map.entry("UringWait.TIMESPEC_OFFSET", "offsetof(struct io_uring_getevents_arg, ts)"));

  /** With which header what is newer than Linux 6.1 came. */
  private static final Map<String, String> SINCE =
      Map.ofEntries(
          Map.entry("BufferRing.IOU_PBUF_RING_MMAP", "6,4,0"),
          Map.entry("BufferRing.REGISTRATION_FLAGS_OFFSET", "6,4,0"),
          Map.entry("BufferRing.IOU_PBUF_RING_INC", "6,12,0"),
          Map.entry("Uring.IORING_ENTER_NO_IOWAIT", "6,15,0"),
          Map.entry("Uring.IORING_FEAT_MIN_TIMEOUT", "6,12,0"),
          Map.entry("Uring.IORING_FEAT_NO_IOWAIT", "6,15,0"),
          Map.entry("Uring.IORING_FEAT_RECVSEND_BUNDLE", "6,10,0"),
          Map.entry("Uring.IORING_FEAT_REG_REG_RING", "6,3,0"),
          Map.entry("Uring.IORING_FEAT_RW_ATTR", "6,14,0"),
          Map.entry("Uring.IORING_REGISTER_NAPI", "6,9,0"),
          Map.entry("Uring.IORING_REGISTER_PBUF_STATUS", "6,8,0"),
          Map.entry("Uring.IORING_SETUP_NO_SQARRAY", "6,6,0"),
          Map.entry("Uring.IORING_UNREGISTER_NAPI", "6,9,0"),
          Map.entry("UringCqe.IORING_CQE_F_BUF_MORE", "6,12,0"),
          Map.entry("UringOperation.IORING_OP_BIND", "6,11,0"),
          Map.entry("UringOperation.IORING_OP_FIXED_FD_INSTALL", "6,8,0"),
          Map.entry("UringOperation.IORING_OP_LISTEN", "6,11,0"),
          Map.entry("UringOperation.IORING_OP_READ_MULTISHOT", "6,7,0"),
          Map.entry("UringSqe.IORING_RECVSEND_BUNDLE", "6,10,0"),
          Map.entry("UringSqe.SOCKET_URING_OP_SETSOCKOPT", "6,7,0"),
          Map.entry("UringSqe.OPTION_LEVEL_OFFSET", "6,7,0"),
          Map.entry("UringSqe.OPTION_NAME_OFFSET", "6,7,0"),
          Map.entry("UringSqe.OPTION_LENGTH_OFFSET", "6,7,0"),
          Map.entry("UringSqe.OPTION_VALUE_OFFSET", "6,7,0"),
          Map.entry("UringSqe.IORING_TIMEOUT_MULTISHOT", "6,4,0"));

  @ParameterizedTest
  @EnumSource
  void areThoseOfTheCompiler(CCompiler compiler) throws Exception {
    compiler.assumeThere();
    List<String> lines = new ArrayList<>();
    CConstants.of(CLASSES).forEach((name, value) -> lines.add(line(name, value)));
    assertThat(compiler.complaints(directory, HEADERS, lines)).isEmpty();
  }

  private static String line(String name, long value) {
    String expression = EXPRESSIONS.getOrDefault(name, CConstants.inC(name));
    String assertion = CConstants.assertion(name, expression, value);
    String since = SINCE.get(name);
    return since == null
        ? assertion
        : "#if LINUX_VERSION_CODE >= KERNEL_VERSION(%s)\n%s\n#endif".formatted(since, assertion);
  }

  @Test
  void everyExpressionBelongsToAConstant() throws Exception {
    assertThat(CConstants.of(CLASSES))
        .containsKeys(EXPRESSIONS.keySet().toArray(new String[0]))
        .containsKeys(SINCE.keySet().toArray(new String[0]));
  }
}
