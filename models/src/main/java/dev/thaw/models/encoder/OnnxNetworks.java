package dev.thaw.models.encoder;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** ONNX files through DJL's ONNX Runtime, fp32 on the CPU, offline. */
final class OnnxNetworks {
  private OnnxNetworks() {}

  /**
   * @param threads within one batch
   * @throws EncoderException naming the file that can't be loaded; nothing stays open then
   */
  static Model load(String name, Path onnx, int threads) {
    Model network = Model.newInstance(name, Device.cpu(), "OnnxRuntime");
    try {
      network.load(
          onnx,
          null,
          Map.of(
              "interOpNumThreads", "1",
              "intraOpNumThreads", Integer.toString(threads),
              "optLevel", "ALL_OPT"));
      return network;
    } catch (IOException | MalformedModelException | RuntimeException e) {
      network.close();
      throw new EncoderException("can't load model " + onnx, e);
    }
  }
}
