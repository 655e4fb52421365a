package dev.thaw.featuredefinitions.views;

/** Value types of features, named as Feast names them. */
public enum ValueType {
  STRING,
  INT32,
  INT64,
  FLOAT,
  DOUBLE,
  BOOL,
  UNIX_TIMESTAMP,
  STRING_LIST,
  INT64_LIST,
  DOUBLE_LIST,
  FLOAT_LIST
}
