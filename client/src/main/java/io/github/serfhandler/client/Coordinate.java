package io.github.serfhandler.client;

import java.time.Duration;
import java.util.List;

/**
 * Immutable: where a node is in the space of round-trip times (Vivaldi); all numbers but {@code
 * error} are seconds. As {@code coordinate/coordinate.go} of Serf 0.9.4.
 *
 * @param vec the Euclidean part
 * @param error confidence without a unit; smaller is better
 * @param adjustment an offset learned from observations
 * @param height what the way from the node into the network costs
 */
public record Coordinate(List<Double> vec, double error, double adjustment, double height) {

  public Coordinate {
    vec = List.copyOf(vec);
  }

  /**
   * The estimated round-trip time between two nodes.
   *
   * @throws IllegalArgumentException where they have different numbers of dimensions
   */
  public Duration distanceTo(Coordinate other) {
    if (vec.size() != other.vec.size()) {
      throw new IllegalArgumentException(
          "coordinates of " + vec.size() + " and " + other.vec.size() + " dimensions");
    }
    double squares = 0;
    for (int i = 0; i < vec.size(); i++) {
      double difference = vec.get(i) - other.vec.get(i);
      squares += difference * difference;
    }
    double distance = Math.sqrt(squares) + height + other.height;
    double adjusted = distance + adjustment + other.adjustment;
    double seconds = adjusted > 0 ? adjusted : distance;
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
