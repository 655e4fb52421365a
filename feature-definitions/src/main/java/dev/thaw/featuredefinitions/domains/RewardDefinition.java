package dev.thaw.featuredefinitions.domains;

import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.Names;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What showing an item may earn, a number in [0, 1]. Of several events of one shown item the
 * largest counts, so that neither a repeated event nor their order changes anything.
 *
 * @param types events that earn it; none for those that are positive in the domain
 * @param measure how much an event of these types earns
 * @param window how long it may follow its impression; null for the jobs' reward window
 * @param halfLife after which what was earned counts half; null for all alike for ever
 */
public record RewardDefinition(
    String name,
    List<EventType> types,
    Measure measure,
    @Nullable Duration window,
    @Nullable Duration halfLife)
    implements Serializable {
  /** The reward of a domain that defines none. */
  public static final RewardDefinition POSITIVE =
      new RewardDefinition("positive", List.of(), new Whole(), null, null);

  /** The field of events that holds ratings and amounts. */
  static final String VALUE = "value";

  /** The only ones with a value. */
  static final List<EventType> VALUED = List.of(EventType.RATING, EventType.PURCHASE);

  /** How much an event earns. */
  public sealed interface Measure extends Serializable {
    /** In [0, 1]; absent if the event does not earn it. */
    OptionalDouble of(Event event);
  }

  /** Every event earns 1. */
  public record Whole() implements Measure {
    @Override
    public OptionalDouble of(Event event) {
      return OptionalDouble.of(1);
    }
  }

  /**
   * 1 from a bound on, as of ratings and seconds of dwelling.
   *
   * @param field {@code value}, or a key of the event's context that holds a number
   */
  public record AtLeast(String field, double bound) implements Measure {
    public AtLeast {
      requireFinite("at_least", bound);
    }

    @Override
    public OptionalDouble of(Event event) {
      OptionalDouble number = number(field, event);
      return number.isPresent() && number.getAsDouble() >= bound
          ? OptionalDouble.of(1)
          : OptionalDouble.empty();
    }
  }

  /**
   * A share of a bound, as of amounts: {@code min(x, bound) / bound}.
   *
   * @param field {@code value}, or a key of the event's context that holds a number
   */
  public record UpTo(String field, double bound) implements Measure {
    public UpTo {
      requireFinite("up_to", bound);
      if (bound <= 0) {
        throw new IllegalArgumentException("up_to must be > 0, was " + bound);
      }
    }

    @Override
    public OptionalDouble of(Event event) {
      OptionalDouble number = number(field, event);
      if (number.isEmpty()) {
        return number;
      }
      double earned = number.getAsDouble();
      if (earned < 0) {
        throw new IllegalArgumentException(field + " of a reward must be >= 0, was " + earned);
      }
      return OptionalDouble.of(Math.min(earned, bound) / bound);
    }
  }

  public RewardDefinition {
    Names.require("name", name);
    if (types.isEmpty() && !(measure instanceof Whole)) {
      throw new IllegalArgumentException(
          "types must name the events that are measured, was [] of reward " + name);
    }
    requirePositive("window", window);
    requirePositive("half_life", halfLife);
    types = List.copyOf(types);
  }

  private static void requirePositive(String key, @Nullable Duration duration) {
    if (duration != null && duration.toMillis() < 1) {
      throw new IllegalArgumentException(key + " must be at least 1 ms, was " + duration);
    }
  }

  private static void requireFinite(String key, double bound) {
    if (!Double.isFinite(bound)) {
      throw new IllegalArgumentException(key + " must be finite, was " + bound);
    }
  }

  /** The window of this reward where others have the given one. */
  public Duration window(Duration usual) {
    return window == null ? usual : window;
  }

  /**
   * What an event earns, in [0, 1]; absent if it does not count, or does not say what is measured.
   *
   * @throws IllegalArgumentException if what is measured is no number or negative
   */
  public OptionalDouble of(Event event, DomainDefinition domain) {
    boolean counts = types.isEmpty() ? domain.isPositive(event) : types.contains(event.type());
    return counts ? measure.of(event) : OptionalDouble.empty();
  }

  /** Absent of an event that does not say. */
  private static OptionalDouble number(String field, Event event) {
    if (field.equals(VALUE)) {
      Double value = event.value();
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
    String text = event.context().get(field);
    if (text == null) {
      return OptionalDouble.empty();
    }
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return OptionalDouble.of(number);
      }
    } catch (NumberFormatException e) {
      // said below, as of numbers that are not finite
    }
    throw new IllegalArgumentException(
        "context." + field + " of a reward must be a number, was " + text);
  }
}
