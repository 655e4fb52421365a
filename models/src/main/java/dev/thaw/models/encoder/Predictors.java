package dev.thaw.models.encoder;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Predictors of one network, kept for reuse, one for each call at a time. Thread-safe. */
final class Predictors<I, O> implements AutoCloseable {
  private final Model network;
  private final Translator<I, O> translator;
  private final Queue<Predictor<I, O>> idle = new ConcurrentLinkedQueue<>();

  Predictors(Model network, Translator<I, O> translator) {
    this.network = network;
    this.translator = translator;
  }

  /**
   * @param failure said first where it fails
   */
  O predict(I input, Supplier<String> failure) {
    Predictor<I, O> predictor = idle.poll();
    if (predictor == null) {
      predictor = network.newPredictor(translator);
    }
    try {
      return predictor.predict(input);
    } catch (TranslateException e) {
      throw new EncoderException(failure.get() + ": " + e.getMessage(), e);
    } finally {
      idle.add(predictor);
    }
  }

  @Override
  public void close() {
    for (Predictor<I, O> predictor = idle.poll(); predictor != null; predictor = idle.poll()) {
      predictor.close();
    }
  }
}
