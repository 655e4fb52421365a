package dev.thaw.serving.api;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.List;

/** Items to ask a new user about: known to many and different from each other. */
public record OnboardingQuestions(DomainId domain, List<Question> items) {
  public record Question(ItemId itemId, String title, List<String> categories) {}
}
