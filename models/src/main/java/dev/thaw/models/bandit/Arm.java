package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.ItemId;

/** An eligible item and what is assumed of it before its own evidence. */
public record Arm(ItemId item, BetaPrior prior) {}
