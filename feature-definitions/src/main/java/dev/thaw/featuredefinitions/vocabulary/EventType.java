package dev.thaw.featuredefinitions.vocabulary;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/** What the user did. The shipped types are constants; configuration may add others. */
public record EventType(String name) implements Serializable {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  public static final EventType VIEW = new EventType("view");
  public static final EventType CLICK = new EventType("click");
  public static final EventType LIKE = new EventType("like");
  public static final EventType RATING = new EventType("rating");
  public static final EventType PURCHASE = new EventType("purchase");
  public static final EventType SKIP = new EventType("skip");

  public static final List<EventType> SHIPPED = List.of(VIEW, CLICK, LIKE, RATING, PURCHASE, SKIP);

  public EventType {
    Ids.check("type", name);
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "type must be 1 to 32 characters of a-z, 0-9 and _, was " + Ids.quote(name));
    }
  }

  /** Whether an event of this type makes its item one the user has interacted with. */
  public boolean isInteraction() {
    return switch (name) {
      case "click", "like", "rating", "purchase" -> true;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
