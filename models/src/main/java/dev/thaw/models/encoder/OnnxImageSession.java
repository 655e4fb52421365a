package dev.thaw.models.encoder;

import ai.djl.Model;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.images.ImagePreprocessing;
import java.util.List;

/** A loaded vision model. Thread-safe. */
final class OnnxImageSession implements SharedSessions.Session {
  private final ImageModel model;
  private final Model network;
  private final Predictors<List<float[]>, float[][]> predictors;
  private final VectorSpace space;

  private OnnxImageSession(ImageModel model, Model network) {
    ImagePreprocessing shown = model.preprocessing();
    this.model = model;
    this.network = network;
    this.predictors =
        new Predictors<>(
            network,
            ImageTranslator.of(network.describeInput().keys(), shown.width(), shown.height()));
    float[] blank = new float[3 * shown.width() * shown.height()];
    int dimension = predict(List.of(blank))[0].length;
    this.space = new VectorSpace("content", model.version(), dimension, Metric.COSINE);
  }

  /**
   * Loads a model and tries it once.
   *
   * @throws EncoderException naming the file that can't be used; nothing stays open then
   */
  static OnnxImageSession load(ImageModel model, int threads) {
    Model network = OnnxNetworks.load(model.name(), model.onnx(), threads);
    try {
      return new OnnxImageSession(model, network);
    } catch (EncoderException e) {
      network.close();
      throw new EncoderException("can't use model " + model.onnx() + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  @Override
  public VectorSpace space() {
    return space;
  }

  ImagePreprocessing preprocessing() {
    return model.preprocessing();
  }

  /** Vectors of any length, in order; of no images none. */
  float[][] encode(List<float[]> images) {
    return images.isEmpty() ? new float[0][] : predict(images);
  }

  private float[][] predict(List<float[]> images) {
    return predictors.predict(
        images, () -> "encoder " + model.name() + " failed on " + images.size() + " images");
  }

  @Override
  public void close() {
    predictors.close();
    network.close();
  }
}
