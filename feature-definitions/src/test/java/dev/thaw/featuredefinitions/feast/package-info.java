/** The Feast repo beside {@code features.yaml}, registered by the real Feast. */
package dev.thaw.featuredefinitions.feast;
