package dev.thaw.models.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Token ids in, pooled unit vectors out. Pooling and normalising are plain Java over the model's
 * output buffer; a model whose output has two dimensions has pooled already.
 */
final class TokenTranslator implements NoBatchifyTranslator<TokenBatch, float[][]> {
  private static final String BATCH = "batch";
  private final Pooling pooling;
  private final List<String> inputs;

  TokenTranslator(Pooling pooling, List<String> inputs) {
    this.pooling = pooling;
    this.inputs = inputs;
  }

  @Override
  public NDList processInput(TranslatorContext context, TokenBatch batch) {
    context.setAttachment(BATCH, batch);
    NDManager manager = context.getNDManager();
    Shape shape = new Shape(batch.rows, batch.length);
    NDList list = new NDList(inputs.size());
    for (String input : inputs) {
      NDArray array = manager.create(tokens(batch, input), shape);
      array.setName(input);
      list.add(array);
    }
    return list;
  }

  private static long[] tokens(TokenBatch batch, String input) {
    return switch (input) {
      case "input_ids" -> batch.ids;
      case "attention_mask" -> batch.mask;
      case "token_type_ids" -> batch.types;
      default ->
          throw new EncoderException(
              "model inputs must be input_ids, attention_mask and token_type_ids, has " + input);
    };
  }

  @Override
  public float[][] processOutput(TranslatorContext context, NDList outputs) {
    TokenBatch batch = (TokenBatch) context.getAttachment(BATCH);
    NDArray output = outputs.get(0);
    long[] shape = output.getShape().getShape();
    int dimension = (int) shape[shape.length - 1];
    boolean pooled = shape.length == 2;
    if (shape[0] != batch.rows || (!pooled && (shape.length != 3 || shape[1] != batch.length))) {
      throw new EncoderException(
          "model output must be ["
              + batch.rows
              + ", "
              + batch.length
              + ", d] or ["
              + batch.rows
              + ", d], was "
              + output.getShape());
    }
    FloatBuffer values = output.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    float[][] vectors = new float[batch.rows][dimension];
    float[] token = new float[dimension];
    for (int row = 0; row < batch.rows; row++) {
      if (pooled) {
        values.get(row * dimension, vectors[row]);
      } else if (pooling == Pooling.CLS) {
        values.get(row * batch.length * dimension, vectors[row]);
      } else {
        int start = row * batch.length * dimension;
        for (int t = 0; t < batch.lengths[row]; t++) {
          values.get(start + t * dimension, token);
          add(token, vectors[row]);
        }
      }
      UnitVectors.normalise(vectors[row]);
    }
    return vectors;
  }

  private static void add(float[] from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
