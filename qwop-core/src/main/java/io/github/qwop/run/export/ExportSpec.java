package io.github.qwop.run.export;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.run.policy.PolicyRequest;
import org.jspecify.annotations.Nullable;

/**
 * What an export is to do.
 *
 * @param runId the run, also its folder's name
 * @param policy the checkpoint to export; null for the run's best
 * @param file the file to write; null for {@code policy.onnx} in the run's folder
 * @param observations file for the observations that the export is checked on, with the actions that the policy takes;
 *     null for none
 * @param environment what the file says of the environment that the policy is for
 */
public record ExportSpec(
        String runId,
        @Nullable String policy,
        @Nullable String file,
        @Nullable String observations,
        EnvSpec environment)
        implements PolicyRequest.Spec {}
