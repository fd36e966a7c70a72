package io.github.qwop.run.export;

import org.jspecify.annotations.Nullable;

/**
 * What an export is to do.
 *
 * @param runId the run, also its folder's name
 * @param policy the checkpoint to export; null for the run's best
 * @param file the file to write; null for {@code policy.onnx} in the run's folder
 */
public record ExportSpec(
        String runId, @Nullable String policy, @Nullable String file) {}
