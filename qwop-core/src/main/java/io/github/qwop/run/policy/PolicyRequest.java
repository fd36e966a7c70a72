package io.github.qwop.run.policy;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wanted of a trained policy. Close it after use.
 *
 * @param spec what is wanted, in the policy's own environment but for what is given
 * @param policy the policy, which fits the spec's environment
 * @param file the policy's file
 * @param run the folder of the run whose name is given
 */
public record PolicyRequest<S extends Record & PolicyRequest.Spec>(
        S spec, TrainedPolicy policy, Path file, RunDirectory run) implements AutoCloseable {

    private static final int MOST_NAMED = 12;

    /** Settings that name a policy and where it is played. */
    public interface Spec {

        /** The run, also its folder's name. */
        String runId();

        /** The policy's file; null for the run's best checkpoint. */
        @Nullable
        String policy();

        /** Where it is played. */
        EnvSpec environment();
    }

    /**
     * Opens the policy that is named, and reads the settings once more with its environment for a default: which policy
     * it is must be known before.
     *
     * @param directory where runs lie
     * @param named the settings, as far as they name the policy
     * @param given all settings by dotted name
     * @param defaults every setting's default for a policy
     * @param listener hears what the policy's file does not tell
     * @throws SettingException if a setting or the policy cannot be used
     */
    public static <S extends Record & Spec> PolicyRequest<S> open(
            Path directory,
            S named,
            Map<String, String> given,
            Function<TrainedPolicy, S> defaults,
            RunListener listener) {
        RunDirectory run = new RunDirectory(directory.resolve(named.runId()));
        Path file = named.policy() == null ? run.best() : Path.of(named.policy());
        if (named.policy() == null && !Files.exists(file)) {
            sayWhyThereIsNoBest(run, directory, listener);
        }
        TrainedPolicy policy = TrainedPolicy.open(file, given, listener);
        try {
            S spec = Settings.bind(defaults.apply(policy), given);
            policy.check(spec.environment(), file);
            return new PolicyRequest<>(spec, policy, file, run);
        } catch (RuntimeException e) {
            policy.close();
            throw e;
        }
    }

    private static void sayWhyThereIsNoBest(RunDirectory run, Path directory, RunListener listener) {
        if (Files.exists(run.model())) {
            // A training that diverged has none: its model says so.
            TrainedPolicy.open(run.model(), listener).close();
            return;
        }
        try {
            List<Path> checkpoints = run.checkpointFiles();
            if (!checkpoints.isEmpty()) {
                throw new SettingException("The run " + run.path() + " has no best policy yet, because its training was"
                        + " stopped before its first evaluation: go on with the training, or set policy to "
                        + checkpoints.get(0) + ".");
            }
            List<String> others = others(directory);
            if (!run.isRun() && !others.isEmpty()) {
                throw new SettingException("There is no run " + run.path() + "; set runId to one that is there, "
                        + String.join(", ", others) + ", or train it first.");
            }
        } catch (IOException e) {
            // That the policy is missing is said anyway.
            listener.warn(directory + " cannot be read: " + e.getMessage());
        }
    }

    /** Runs that have a policy; a dozen is enough to know where one is. */
    private static List<String> others(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.filter(folder -> Files.exists(new RunDirectory(folder).best()))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .limit(MOST_NAMED)
                    .toList();
        }
    }

    @Override
    public void close() {
        policy.close();
    }
}
