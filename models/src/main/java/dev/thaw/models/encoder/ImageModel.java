package dev.thaw.models.encoder;

import dev.thaw.models.images.ImagePreprocessing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a vision model and what it is shown.
 *
 * @param name of the folder
 */
record ImageModel(String name, Path onnx, ImagePreprocessing preprocessing) {
  private static final List<String> FILES =
      List.of("vision_model.onnx", "onnx/vision_model.onnx", "model.onnx", "onnx/model.onnx");

  /**
   * An export of a CLIP-style model: the vision half as {@code vision_model.onnx} or {@code
   * model.onnx}, in the folder or in {@code onnx} below it; {@code preprocessor_config.json} if it
   * is not shown what CLIP is.
   */
  static ImageModel inFolder(Path folder) {
    Path onnx =
        FILES.stream()
            .map(folder::resolve)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    new EncoderException(
                        "image encoder folder " + folder + " must have one of " + FILES));
    try {
      return new ImageModel(
          String.valueOf(folder.getFileName()), onnx, ImagePreprocessing.inFolder(folder));
    } catch (IllegalArgumentException e) {
      throw new EncoderException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Name and a hash of everything that decides what vectors come out. */
  String version() {
    return ModelVersion.of(name, List.of(onnx), preprocessing.toString());
  }
}
