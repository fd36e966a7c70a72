package io.github.qwop.run.certification;

import org.jspecify.annotations.Nullable;

/**
 * What a certification is to do.
 *
 * @param runId the run, also its folder's name
 * @param recording the recording to play; null for the best and the median episode of the run's last evaluation
 * @param game {@code page} or {@code genuine}
 * @param genuine the genuine game's folder
 */
public record CertificationSpec(
        String runId,
        @Nullable String recording,
        io.github.qwop.run.GameSpec.Kind game,
        @Nullable String genuine) {}
