package dev.thaw.serving.breaker;

import java.util.function.Consumer;

/** What became of a call: its value, or why there is none. */
public sealed interface Outcome<T> {

  record Value<T>(T value) implements Outcome<T> {
    @Override
    public T orElse(T fallback, Consumer<Degradation> report) {
      return value;
    }
  }

  record Failed<T>(Degradation degradation) implements Outcome<T> {
    @Override
    public T orElse(T fallback, Consumer<Degradation> report) {
      report.accept(degradation);
      return fallback;
    }
  }

  /** The value, or the fallback after reporting why. */
  T orElse(T fallback, Consumer<Degradation> report);
}
