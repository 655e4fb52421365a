package dev.thaw.featuredefinitions.vocabulary;

/** "Do you like this item?" and the user's answer. */
public record OnboardingAnswer(DomainId domain, ItemId itemId, boolean liked) {}
