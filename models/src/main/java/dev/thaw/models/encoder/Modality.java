package dev.thaw.models.encoder;

/** What an item encoder reads. */
public enum Modality {
  TEXT,
  IMAGE,
  TABULAR
}
