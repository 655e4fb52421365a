/**
 * Dashboards and alert rules flow in, and what real servers and jobs expose; what is watched but
 * does not exist flows out.
 */
@org.jspecify.annotations.NullMarked
package dev.thaw.launcher.observability;
