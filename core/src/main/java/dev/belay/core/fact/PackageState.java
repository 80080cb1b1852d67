package dev.belay.core.fact;

import java.util.Optional;

/**
 * How a Debian package stands on a host.
 *
 * @param installed version that is installed and configured
 * @param candidate version that apt would install; empty when its lists do not know the package
 * @param listsFresh whether apt's lists were refreshed within the last day
 */
public record PackageState(
    Optional<String> installed, Optional<String> candidate, boolean listsFresh) {}
