package dev.thaw.models.encoder;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes ONNX models of one look-up table by hand (onnx.proto3, ir_version 8, opset 13), so that
 * folders are tested with vectors known beforehand. It takes only {@code input_ids}.
 */
final class SmallOnnxModel {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int DOUBLE = 11;

  private SmallOnnxModel() {}

  static float weight(int id, int dimension) {
    return (float) Math.sin(id * 0.7 + dimension * 1.3);
  }

  /** {@code [B, L] -> [B, L, d]}. */
  static byte[] tokenEmbeddings(int vocabulary, int d) {
    byte[] gather = node("Gather", "output", "table", "input_ids");
    return model(graph(vocabulary, d, new byte[][] {gather}, 3));
  }

  /** {@code [B, L] -> [B, d]}, the mean over all tokens. */
  static byte[] pooled(int vocabulary, int d) {
    byte[] gather = node("Gather", "tokens", "table", "input_ids");
    Message mean = new Message().bytes(1, text("tokens")).bytes(2, text("output"));
    mean.bytes(4, text("ReduceMean"));
    mean.bytes(5, ints("axes", 1));
    mean.bytes(5, new Message().bytes(1, text("keepdims")).number(3, 0).number(20, 2).toBytes());
    return model(graph(vocabulary, d, new byte[][] {gather, mean.toBytes()}, 2));
  }

  /** {@code [B, 3, 2s, 2s] -> [B, 12]}: the mean of each channel in each quarter of an image. */
  static byte[] quarterMeans(int s) {
    return ofQuarters(
        s,
        value("image_embeds", FLOAT, 2),
        new byte[][] {node("Flatten", "image_embeds", "quarters")});
  }

  /** The same as {@code [B, 3, 2, 2]}. */
  static byte[] unpooledQuarters(int s) {
    return ofQuarters(
        s,
        value("pooler_output", FLOAT, 4),
        new byte[][] {node("Identity", "pooler_output", "quarters")});
  }

  /** The same in 64 bits. */
  static byte[] doubleQuarters(int s) {
    Message cast = new Message().bytes(1, text("flat")).bytes(2, text("image_embeds"));
    cast.bytes(4, text("Cast"));
    cast.bytes(5, new Message().bytes(1, text("to")).number(3, DOUBLE).number(20, 2).toBytes());
    return ofQuarters(
        s,
        value("image_embeds", DOUBLE, 2),
        new byte[][] {node("Flatten", "flat", "quarters"), cast.toBytes()});
  }

  private static byte[] ofQuarters(int s, byte[] output, byte[][] nodes) {
    Message pool = new Message().bytes(1, text("pixel_values")).bytes(2, text("quarters"));
    pool.bytes(4, text("AveragePool"));
    pool.bytes(5, ints("kernel_shape", s, s)).bytes(5, ints("strides", s, s));
    Message graph = new Message().bytes(1, pool.toBytes());
    for (byte[] node : nodes) {
      graph.bytes(1, node);
    }
    return model(
        graph
            .bytes(2, text("small"))
            .bytes(11, value("pixel_values", FLOAT, 4))
            .bytes(12, output)
            .toBytes());
  }

  private static byte[] ints(String name, long... values) {
    return new Message().bytes(1, text(name)).packed(8, values).number(20, 7).toBytes();
  }

  private static byte[] node(String type, String output, String... inputs) {
    Message node = new Message();
    for (String input : inputs) {
      node.bytes(1, text(input));
    }
    return node.bytes(2, text(output)).bytes(4, text(type)).toBytes();
  }

  private static byte[] graph(int vocabulary, int d, byte[][] nodes, int outputRank) {
    Message graph = new Message();
    for (byte[] node : nodes) {
      graph.bytes(1, node);
    }
    return graph
        .bytes(2, text("small"))
        .bytes(5, table(vocabulary, d))
        .bytes(11, value("input_ids", INT64, 2))
        .bytes(12, value("output", FLOAT, outputRank))
        .toBytes();
  }

  private static byte[] table(int vocabulary, int d) {
    ByteBuffer raw = ByteBuffer.allocate(vocabulary * d * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int id = 0; id < vocabulary; id++) {
      for (int i = 0; i < d; i++) {
        raw.putFloat(weight(id, i));
      }
    }
    return new Message()
        .packed(1, vocabulary, d)
        .number(2, FLOAT)
        .bytes(8, text("table"))
        .bytes(9, raw.array())
        .toBytes();
  }

  private static byte[] value(String name, int type, int rank) {
    Message shape = new Message();
    for (int i = 0; i < rank; i++) {
      shape.bytes(1, new Message().bytes(2, text("n" + i)).toBytes());
    }
    Message tensor = new Message().number(1, type).bytes(2, shape.toBytes());
    return new Message()
        .bytes(1, text(name))
        .bytes(2, new Message().bytes(1, tensor.toBytes()).toBytes())
        .toBytes();
  }

  private static byte[] model(byte[] graph) {
    return new Message()
        .number(1, 8)
        .bytes(7, graph)
        .bytes(8, new Message().bytes(1, text("")).number(2, 13).toBytes())
        .toBytes();
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /** A protobuf message, field by field. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    Message packed(int field, long... values) {
      Message packed = new Message();
      for (long value : values) {
        packed.varint(value);
      }
      return bytes(field, packed.toBytes());
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) (rest | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] toBytes() {
      return out.toByteArray();
    }
  }
}
