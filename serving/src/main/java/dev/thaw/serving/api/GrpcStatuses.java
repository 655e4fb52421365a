package dev.thaw.serving.api;

import com.linecorp.armeria.common.util.Exceptions;
import io.grpc.Status;

/** Failures of calls to gRPC statuses that say what is wrong. */
public final class GrpcStatuses {
  private GrpcStatuses() {}

  public static Status of(Throwable failure) {
    Throwable cause = Exceptions.peel(failure);
    if (cause instanceof CallerFault fault) {
      Status status = fault.status() == 404 ? Status.NOT_FOUND : Status.INVALID_ARGUMENT;
      return status.withDescription(fault.getMessage());
    }
    if (cause instanceof DependencyAway away && away.isLate()) {
      return Status.DEADLINE_EXCEEDED.withDescription(away.getMessage());
    }
    return Unavailable.reason(cause)
        .map(Status.UNAVAILABLE::withDescription)
        .orElseGet(() -> Status.INTERNAL.withCause(cause).withDescription("internal error"));
  }
}
