package io.github.qwop.run.policy;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observation;
import io.github.qwop.file.InputFile;
import io.github.qwop.game.Rules;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.onnx.OnnxException;
import io.github.qwop.model.onnx.OnnxNetwork;
import io.github.qwop.model.onnx.OnnxReader;
import io.github.qwop.model.onnx.OnnxStartException;
import io.github.qwop.model.onnx.OnnxWriter;
import io.github.qwop.play.Actor;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.checkpoint.CheckpointException;
import io.github.qwop.run.peers.ForeignModel;
import io.github.qwop.run.peers.Sb3Model;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A policy as a file holds it, with the environment that it was trained in. Close it after use. */
public sealed interface TrainedPolicy extends AutoCloseable {

    /** Section of a checkpoint with the network that acts. */
    String SECTION = "policy";

    /** What is said of a policy whose training diverged, as the end of a sentence. */
    String NOT_FINITE =
            "not finite: its training diverged, and its outputs are no numbers; name an earlier checkpoint, or"
                    + " train again with a lower learner.learningRate.";

    /** The run that trained it. */
    String runId();

    /** Environment steps that it was trained for. */
    long steps();

    /** The version of the game's rules that it was trained under. */
    int rules();

    /** The environment that it was trained in. */
    EnvSpec environment();

    /** Number of actions that it chooses from. */
    int actionCount();

    /** Something that acts by it; for one thread. */
    Actor actor();

    /**
     * Checks that an environment has the actions that this policy chooses from, and the form of observation that it
     * sees.
     *
     * @param environment where it is to play
     * @param file the policy's file, for messages
     * @throws SettingException if it has others
     */
    default void check(EnvSpec environment, Path file) {
        if (environment.actionCount() != actionCount()) {
            throw new SettingException("environment.actionSet is \"" + environment.actionSet() + "\" with "
                    + environment.actionCount() + " actions, and the policy " + file + " chooses from " + actionCount()
                    + ": remove the setting, or name another policy.");
        }
        if (tellsActions() && !environment.actionSet().equals(environment().actionSet())) {
            throw new SettingException(
                    "environment.actionSet is " + environment.actionSet() + ", and the policy " + file
                            + " was trained with " + environment().actionSet()
                            + ", whose actions are other keys: remove the setting, or name another policy.");
        }
        if (environment.observation() != environment().observation()) {
            throw new SettingException(
                    "environment.observation is " + environment.observation().text()
                            + ", and the policy " + file + " sees the form "
                            + environment().observation().text()
                            + ": remove the setting, or name another policy.");
        }
    }

    /** Whether several actors of it may act at once, in a thread each. */
    default boolean bearsThreads() {
        return true;
    }

    /** Whether the file says which keys its actions are; of a foreign model that is a guess. */
    default boolean tellsActions() {
        return true;
    }

    @Override
    void close();

    /**
     * Opens a checkpoint, an ONNX file, or a model of stable-baselines3. A file that we exported is played in plain
     * Java, exactly as the checkpoint that it came from; ONNX Runtime plays those of others that look alike outside.
     *
     * @param listener hears what the file does not tell
     * @throws SettingException if the file is missing or cannot be used
     */
    static TrainedPolicy open(Path file, RunListener listener) {
        return open(file, Map.of(), listener);
    }

    /**
     * Opens the same files.
     *
     * @param given settings by dotted name: what they tell is not said to be missing
     * @throws SettingException as {@link #open(Path, RunListener)} does
     */
    static TrainedPolicy open(Path file, Map<String, String> given, RunListener listener) {
        if (!Files.isRegularFile(file)) {
            throw new SettingException(
                    "The policy " + file + " " + InputFile.fault(file) + ": train the run first, or set policy to a"
                            + " checkpoint, an ONNX file or a stable-baselines3 model.zip.");
        }
        if (isOnnx(file)) {
            try {
                return finite(Learned.exported(file), file);
            } catch (OnnxException e) {
                return Exported.open(file);
            }
        }
        if (Sb3Model.isModel(file)) {
            Sb3Model model = Sb3Model.open(file);
            listener.info(model.remark(file, given.containsKey("environment.framesPerStep")));
            return finite(Learned.of(model), file);
        }
        ForeignModel.refuse("The policy " + file + " is ", file);
        return finite(Learned.open(file), file);
    }

    private static Learned finite(Learned learned, Path file) {
        if (!learned.network().mlp().isFinite()) {
            throw new SettingException("The policy " + file + " is " + NOT_FINITE);
        }
        return learned;
    }

    /**
     * Opens the same files for their network alone, which any number of threads may have.
     *
     * @throws SettingException as {@link #open} does, and if it is an ONNX file that is not ours
     */
    static Learned openNetwork(Path file, RunListener listener) {
        if (Files.isRegularFile(file) && isOnnx(file)) {
            try {
                return finite(Learned.exported(file), file);
            } catch (OnnxException e) {
                throw new SettingException(
                        "The policy " + file + " cannot be read for a search: " + e.getMessage()
                                + "; give a checkpoint, or an ONNX file of qwop:export-onnx.",
                        e);
            }
        }
        TrainedPolicy policy = open(file, listener);
        if (policy instanceof Learned learned) {
            learned.check(learned.environment(), file);
            return learned;
        }
        throw new IllegalStateException("What is no ONNX file has a network: " + file);
    }

    /** Whether a file is taken for an ONNX file. */
    static boolean isOnnx(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    /**
     * A network from a checkpoint, or from stable-baselines3.
     *
     * @param settings the run's settings by dotted name
     */
    record Learned(
            String runId,
            long steps,
            int rules,
            Map<String, String> settings,
            EnvSpec environment,
            ActionNetwork network)
            implements TrainedPolicy {

        private static final String FOREIGN = "stable-baselines3";

        /** Of an ONNX file: as many as a policy for this game can need. */
        private static final int MOST_BYTES = 1 << 26;

        /** Reads a checkpoint. */
        public static Learned open(Path file) {
            try (Checkpoint checkpoint = Checkpoint.open(file);
                    DataInputStream in = checkpoint.section(SECTION)) {
                Map<String, String> settings = checkpoint.manifest().settings();
                EnvSpec environment = RunSpec.saved(settings).environment();
                ActionNetwork network = ActionNetwork.read(in);
                if (network.mlp().inputs() != environment.observation().size()) {
                    throw new IOException("its network takes " + network.mlp().inputs() + " values, and its form of"
                            + " observation, " + environment.observation().text() + ", has "
                            + environment.observation().size());
                }
                return new Learned(
                        checkpoint.manifest().runId(),
                        checkpoint.manifest().steps(),
                        checkpoint.manifest().rules(),
                        settings,
                        environment,
                        network);
            } catch (IOException e) {
                throw new CheckpointException(
                        "The checkpoint " + file + " cannot be read: " + CheckpointException.reason(e)
                                + "; take another checkpoint of the run, or train again.",
                        e);
            }
        }

        /**
         * Reads the network out of a file that we exported.
         *
         * @throws OnnxException if it is none, or has been changed
         */
        static Learned exported(Path file) throws OnnxException {
            try {
                OnnxReader.Content content = OnnxReader.read(InputFile.bytes(file, MOST_BYTES));
                EnvSpec environment = Exported.environment(content.metadata());
                Observation form = environment.observation();
                OnnxWriter.Normalisation of = content.normalisation();
                if (!Arrays.equals(of.references(), form.references())
                        || !Arrays.equals(of.centres(), form.centres())
                        || !Arrays.equals(of.scales(), form.scales())
                        || of.limit() != form.limit()
                        || content.network().actionCount() != environment.actionCount()) {
                    throw new OnnxException("its network does not fit the environment that its metadata tell");
                }
                return new Learned(
                        content.metadata().getOrDefault(OnnxMetadata.RUN_ID, "unknown"),
                        Long.parseLong(content.metadata().getOrDefault(OnnxMetadata.STEPS, "0")),
                        Exported.rules(content.metadata()),
                        content.metadata(),
                        environment,
                        content.network());
            } catch (IOException | IllegalArgumentException e) {
                throw new OnnxException(String.valueOf(e.getMessage()), e);
            }
        }

        /** Takes a model that was trained elsewhere. */
        static Learned of(Sb3Model model) {
            return new Learned(
                    FOREIGN, model.steps(), Rules.VERSION, model.settings(), model.environment(), model.network());
        }

        /** The same network, said to be of another environment. */
        public Learned playing(EnvSpec other) {
            return new Learned(runId, steps, rules, settings, other, network);
        }

        @Override
        public boolean tellsActions() {
            return !runId.equals(FOREIGN);
        }

        @Override
        public int actionCount() {
            return network.actionCount();
        }

        @Override
        public Actor actor() {
            return Actor.greedy(network.actor());
        }

        @Override
        public void close() {}
    }

    /** An ONNX file that plain Java does not read, run by ONNX Runtime. */
    record Exported(String runId, long steps, int rules, EnvSpec environment, OnnxNetwork network)
            implements TrainedPolicy {

        private static final String REMEDY = "; export the run again with qwop:export-onnx.";

        /** Opens a file. */
        public static Exported open(Path file) {
            OnnxNetwork network;
            try {
                network = OnnxNetwork.open(file);
            } catch (OnnxException e) {
                throw new SettingException("The policy " + file + " cannot be used: " + e.getMessage() + REMEDY, e);
            } catch (OnnxStartException e) {
                throw new SettingException(
                        "The policy " + file + " is no file that qwop:export-onnx writes, and to play another one takes"
                                + " ONNX Runtime: " + e.getMessage(),
                        e);
            }
            try {
                Map<String, String> metadata = network.metadata();
                EnvSpec environment = environment(metadata);
                if (network.inputSize() != environment.observation().size()) {
                    throw new SettingException("The policy " + file + " takes " + network.inputSize()
                            + " values per observation, and its form of observation, "
                            + environment.observation().text() + ", has "
                            + environment.observation().size() + REMEDY);
                }
                for (float output :
                        network.run(new float[network.inputSize()], 1).outputs()) {
                    if (!Float.isFinite(output)) {
                        throw new SettingException("The policy " + file + " is " + NOT_FINITE);
                    }
                }
                return new Exported(
                        metadata.getOrDefault(OnnxMetadata.RUN_ID, "unknown"),
                        Long.parseLong(metadata.getOrDefault(OnnxMetadata.STEPS, "0")),
                        rules(metadata),
                        environment,
                        network);
            } catch (IllegalArgumentException e) {
                network.close();
                throw e instanceof SettingException refused
                        ? refused
                        : new SettingException(
                                "The policy " + file + " has metadata that cannot be read: " + e.getMessage() + REMEDY,
                                e);
            }
        }

        /** The environment that a file says it was trained in. */
        private static EnvSpec environment(Map<String, String> metadata) {
            Map<String, String> settings = new LinkedHashMap<>();
            metadata.forEach((name, value) -> {
                if (name.startsWith(OnnxMetadata.ENVIRONMENT)) {
                    settings.put(name.substring(OnnxMetadata.ENVIRONMENT.length()), value);
                }
            });
            return Settings.bind(EnvSpec.DEFAULT, settings);
        }

        private static int rules(Map<String, String> metadata) {
            return Integer.parseInt(metadata.getOrDefault(OnnxMetadata.RULES, Integer.toString(Rules.FIRST)));
        }

        @Override
        public int actionCount() {
            return network.actionCount();
        }

        /** The library that runs the network need not bear it. */
        @Override
        public boolean bearsThreads() {
            return false;
        }

        @Override
        public Actor actor() {
            float[] observation = new float[environment.observation().size()];
            return env -> {
                env.observeRaw(observation, 0);
                return network.run(observation, 1).actions()[0];
            };
        }

        @Override
        public void close() {
            network.close();
        }
    }
}
