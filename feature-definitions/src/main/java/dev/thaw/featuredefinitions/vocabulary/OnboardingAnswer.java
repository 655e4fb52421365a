package dev.thaw.featuredefinitions.vocabulary;

/** "Do you like this item?" and the user's answer. */
public record OnboardingAnswer(DomainId domain, ItemId itemId, Reply reply) {
  /** What can be answered. */
  public enum Reply {
    YES(1),
    NO(0),
    /** "Don't know it". */
    UNKNOWN(-1);

    private final int code;

    Reply(int code) {
      this.code = code;
    }

    /** As the view {@code user_profile} has it. */
    public int code() {
      return code;
    }

    /** What a row of {@code user_profile} says; any other number is a no, as it always was. */
    public static Reply of(long code) {
      return code == YES.code ? YES : code == UNKNOWN.code ? UNKNOWN : NO;
    }
  }

  /** Yes or no. */
  public OnboardingAnswer(DomainId domain, ItemId itemId, boolean liked) {
    this(domain, itemId, liked ? Reply.YES : Reply.NO);
  }

  public boolean liked() {
    return reply == Reply.YES;
  }
}
