package dev.thaw.models.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Preprocessed images in, one pooled vector each out, of whatever length. The vector is the output
 * {@code image_embeds}, else {@code pooler_output}, else the first of two dimensions.
 */
final class ImageTranslator implements NoBatchifyTranslator<List<float[]>, float[][]> {
  private static final String IMAGES = "images";
  private static final List<String> POOLED = List.of("image_embeds", "pooler_output");

  private final String input;
  private final int width;
  private final int height;

  private ImageTranslator(String input, int width, int height) {
    this.input = input;
    this.width = width;
    this.height = height;
  }

  /**
   * @param inputs names of the model's inputs
   * @throws EncoderException if the model wants something else beside images
   */
  static ImageTranslator of(List<String> inputs, int width, int height) {
    if (inputs.size() != 1) {
      throw new EncoderException(
          "an image model must have one input, as pixel_values, has " + inputs);
    }
    return new ImageTranslator(inputs.get(0), width, height);
  }

  @Override
  public NDList processInput(TranslatorContext context, List<float[]> images) {
    context.setAttachment(IMAGES, images.size());
    int length = 3 * height * width;
    FloatBuffer all = FloatBuffer.allocate(images.size() * length);
    images.forEach(all::put);
    NDArray array =
        context.getNDManager().create(all.array(), new Shape(images.size(), 3, height, width));
    array.setName(input);
    return new NDList(array);
  }

  @Override
  public float[][] processOutput(TranslatorContext context, NDList outputs) {
    NDArray output = pooled(outputs);
    int images = (Integer) context.getAttachment(IMAGES);
    long[] shape = output.getShape().getShape();
    if (output.getDataType() != DataType.FLOAT32 || shape.length != 2 || shape[0] != images) {
      throw new EncoderException(
          "an image model must give float32 of shape ["
              + images
              + ", d], gave "
              + output.getName()
              + ' '
              + output.getDataType()
              + output.getShape());
    }
    FloatBuffer values = output.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    float[][] vectors = new float[images][(int) shape[1]];
    for (float[] vector : vectors) {
      values.get(vector);
    }
    return vectors;
  }

  private static NDArray pooled(NDList outputs) {
    for (String name : POOLED) {
      for (NDArray output : outputs) {
        if (name.equals(output.getName())) {
          return output;
        }
      }
    }
    return outputs.stream()
        .filter(output -> output.getShape().dimension() == 2)
        .findFirst()
        .orElseThrow(
            () ->
                new EncoderException(
                    "an image model must have an output of shape [batch, d], has "
                        + outputs.stream().map(each -> each.getName() + each.getShape()).toList()));
  }
}
