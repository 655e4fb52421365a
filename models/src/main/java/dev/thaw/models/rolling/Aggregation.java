package dev.thaw.models.rolling;

import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.ValueType;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.models.binary.Hash64;
import org.jspecify.annotations.Nullable;

/** How events that passed the filter become a part, and a part a value. Stateless. */
sealed interface Aggregation<P extends Part> {
  P empty();

  /**
   * @param time of the event, after {@code oldest}
   * @param oldest what is at or before it has left the window
   * @return whether anything changed
   */
  boolean add(P part, Event event, @Nullable Embedding itemVector, long time, long oldest);

  /** The value of a part from which everything old was dropped. */
  FeatureValue value(P part);

  /**
   * Count, sum, mean, min, max.
   *
   * @param field null for the count
   * @param pane length of a pane in milliseconds, or 0 without a window
   */
  record OfNumbers(
      Cells.Merge merge,
      EventFields.@Nullable NumberField field,
      ValueType type,
      long pane,
      int cells)
      implements Aggregation<Cells> {
    @Override
    public Cells empty() {
      return new Cells(merge);
    }

    @Override
    public boolean add(
        Cells part, Event event, @Nullable Embedding itemVector, long time, long oldest) {
      double number = field == null ? 1 : field.read(event);
      if (Double.isNaN(number)) {
        return false;
      }
      if (pane == 0) {
        part.addToOne(time, number);
        return true;
      }
      // always, so that when panes merge does not depend on who looked at the values before
      part.dropUntil(oldest);
      if (part.size() == cells) {
        part.mergePanes(pane);
      }
      part.add(time, number);
      return true;
    }

    @Override
    public FeatureValue value(Cells part) {
      return switch (merge) {
        case COUNT -> FeatureValues.number(type, part.count());
        case SUM -> FeatureValues.number(type, part.isEmpty() ? 0 : part.number());
        case MEAN ->
            part.isEmpty()
                ? FeatureValue.MISSING
                : FeatureValues.number(type, part.number() / part.count());
        case MIN, MAX ->
            part.isEmpty() ? FeatureValue.MISSING : FeatureValues.number(type, part.number());
      };
    }
  }

  /** Number of different values. */
  record OfDistinct(EventFields.TextField field, ValueType type, int bound)
      implements Aggregation<DistinctValues> {
    @Override
    public DistinctValues empty() {
      return new DistinctValues();
    }

    @Override
    public boolean add(
        DistinctValues part, Event event, @Nullable Embedding itemVector, long time, long oldest) {
      String value = field.read(event, itemVector);
      if (value == null) {
        return false;
      }
      return part.add(Hash64.of(value), time, bound);
    }

    @Override
    public FeatureValue value(DistinctValues part) {
      return FeatureValues.number(type, part.size());
    }
  }

  /** The newest value, as text or as number by the feature's type. */
  record OfNewest(
      EventFields.@Nullable TextField text,
      EventFields.@Nullable NumberField number,
      ValueType type)
      implements Aggregation<NewestValue> {
    @Override
    public NewestValue empty() {
      return new NewestValue();
    }

    @Override
    public boolean add(
        NewestValue part, Event event, @Nullable Embedding itemVector, long time, long oldest) {
      String id = event.eventId().value();
      if (text != null) {
        String value = text.read(event, itemVector);
        return value != null && part.add(time, id, value, 0);
      }
      double value = number == null ? Double.NaN : number.read(event);
      return !Double.isNaN(value) && part.add(time, id, "", value);
    }

    @Override
    public FeatureValue value(NewestValue part) {
      if (part.isEmpty()) {
        return FeatureValue.MISSING;
      }
      return text != null
          ? FeatureValues.text(type, part.text())
          : FeatureValues.number(type, part.number());
    }
  }

  /**
   * Decayed mean of a number.
   *
   * @param halfLife in milliseconds
   */
  record OfDecayedNumber(EventFields.NumberField field, ValueType type, double halfLife)
      implements Aggregation<DecayedNumber> {
    @Override
    public DecayedNumber empty() {
      return new DecayedNumber();
    }

    @Override
    public boolean add(
        DecayedNumber part, Event event, @Nullable Embedding itemVector, long time, long oldest) {
      double number = field.read(event);
      if (Double.isNaN(number)) {
        return false;
      }
      part.add(time, number, halfLife);
      return true;
    }

    @Override
    public FeatureValue value(DecayedNumber part) {
      return part.isEmpty() ? FeatureValue.MISSING : FeatureValues.number(type, part.mean());
    }
  }

  /**
   * Decayed mean of the items' vectors.
   *
   * @param halfLife in milliseconds
   */
  record OfDecayedVector(double halfLife) implements Aggregation<DecayedVector> {
    @Override
    public DecayedVector empty() {
      return new DecayedVector();
    }

    @Override
    public boolean add(
        DecayedVector part, Event event, @Nullable Embedding itemVector, long time, long oldest) {
      return itemVector != null && part.add(time, itemVector, halfLife);
    }

    @Override
    public FeatureValue value(DecayedVector part) {
      return part.isEmpty() ? FeatureValue.MISSING : FeatureValue.Float32s.copyOf(part.mean());
    }
  }
}
