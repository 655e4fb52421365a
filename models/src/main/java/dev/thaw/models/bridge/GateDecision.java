package dev.thaw.models.bridge;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.metrics.Interval;

/**
 * What the negative-transfer gate measured on overlap users held out as if cold in the target.
 *
 * @param enabled whether the interval of the difference lies above zero
 * @param metric what was compared, such as {@code ndcg@10}
 * @param bridged mean with the bridge
 * @param targetOnly mean of the best method that knows the target alone
 * @param difference per user, bridged less target-only
 * @param minSourceInteractions users with less history are not mapped
 */
public record GateDecision(
    boolean enabled,
    String metric,
    double bridged,
    double targetOnly,
    Interval difference,
    int minSourceInteractions) {

  /** Whether a user with so many source interactions is mapped. */
  public boolean admits(int sourceInteractions) {
    return enabled && sourceInteractions >= minSourceInteractions;
  }

  void write(BinaryWriter out) {
    out.writeByte(enabled ? 1 : 0).writeText(metric).writeDouble(bridged).writeDouble(targetOnly);
    out.writeDouble(difference.mean()).writeDouble(difference.low());
    out.writeDouble(difference.high()).writeCount(difference.users());
    out.writeCount(minSourceInteractions);
  }

  static GateDecision read(BinaryReader in) {
    return new GateDecision(
        in.readByte() == 1,
        in.readText(),
        in.readDouble(),
        in.readDouble(),
        new Interval(
            in.readDouble(), in.readDouble(), in.readDouble(), Math.toIntExact(in.readCount())),
        Math.toIntExact(in.readCount()));
  }
}
