package io.github.qwop.run.training;

import io.github.qwop.env.Observation;
import io.github.qwop.game.Rules;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.StateReader;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Mlp;
import io.github.qwop.run.Algorithm;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.checkpoint.CheckpointException;
import io.github.qwop.run.peers.ForeignModel;
import io.github.qwop.run.peers.Sb3Model;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.Change;
import io.github.qwop.run.settings.SettingException;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts a training from what another one learned: a checkpoint, a clone, or a model of stable-baselines3. A table
 * tells how the two trainings differ.
 *
 * @param learner takes the network over, before its first step
 */
record WarmStart(RunSpec spec, Learner learner, RunListener listener) {

    private static final String LAYER_NORM = "learner.layerNorm";
    private static final String KEPT = "kept";
    private static final String ANEW = "begins anew";

    /**
     * Starts the learner from the spec's {@code modelLoadFile}, if it names one.
     *
     * @throws SettingException if the file cannot be read or does not fit the learner
     */
    void start() throws IOException {
        String file = spec.modelLoadFile();
        if (file == null) {
            return;
        }
        if (Sb3Model.isModel(Path.of(file))) {
            startFrom(Path.of(file), Sb3Model.open(Path.of(file)));
            return;
        }
        ForeignModel.refuse("modelLoadFile is " + file + ", ", Path.of(file));
        try (Checkpoint checkpoint = Checkpoint.open(Path.of(file))) {
            Map<String, String> old = new HashMap<>(checkpoint.manifest().settings());
            // What names no form is of before there were forms.
            old.putIfAbsent("environment.observation", Observation.QWOP_GYM.text());
            TreeSet<String> names = new TreeSet<>(old.keySet());
            names.addAll(spec.settings().keySet());
            showDifferences(old, names);
            if (checkpoint.manifest().rules() != Rules.VERSION) {
                showDifference("rules of the game", checkpoint.manifest().rules(), Rules.VERSION);
            }
            requireSameMeaning(old.get("algorithm"));
            requireSame("environment.observation", old.get("environment.observation"));
            requireSame(LAYER_NORM, old.getOrDefault(LAYER_NORM, "false"));
            try (DataInputStream in = checkpoint.section(TrainedPolicy.SECTION)) {
                if (!ActionNetwork.read(in).mlp().isFinite()) {
                    throw new SettingException("modelLoadFile is " + file + ", which is " + TrainedPolicy.NOT_FINITE);
                }
            }
            if (of(old.get("algorithm")).clones() != spec.algorithm().clones()) {
                startFromClone(checkpoint);
                showOptimiser(ANEW);
            } else if (hasOtherValues(of(old.get("algorithm")))) {
                startFromPolicyAlone(checkpoint);
                listener.info("The checkpoint's values are of another kind: its policy alone is taken over.");
                showOptimiser(ANEW);
            } else {
                startFrom(checkpoint);
            }
            requireSame("learner.activationFn", old.get("learner.activationFn"));
            requireSame("environment.actionSet", old.get("environment.actionSet"));
        } catch (SettingException | CheckpointException e) {
            throw e;
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            throw new SettingException(
                    "modelLoadFile is " + file + ", which does not fit this learner. " + e.getMessage(), e);
        } catch (IOException e) {
            throw new SettingException(
                    "modelLoadFile is " + file + ", which does not fit this learner: " + CheckpointException.reason(e)
                            + "; give learner.netArch"
                            + (spec.learner().estimatesReturns() ? ", learner.nQuantiles" : "")
                            + " and environment.actionSet the checkpoint's values.",
                    e);
        }
    }

    /**
     * Starts from a checkpoint's network. What its optimiser remembers, and its target network, mean something to the
     * same algorithm with the same optimiser alone.
     */
    private void startFrom(Checkpoint checkpoint) throws IOException {
        Map<String, String> old = checkpoint.manifest().settings();
        Map<String, String> now = spec.settings();
        boolean same = Stream.of("algorithm", "learner.useRmsProp")
                .allMatch(name -> Objects.equals(old.get(name), now.get(name)));
        learner.startFrom(same ? checkpoint : new NetworkOf(checkpoint));
        showOptimiser(same && checkpoint.has(Learner.OPTIMISER) ? KEPT : ANEW);
        if (spec.learner().estimatesReturns()) {
            boolean kept = same && checkpoint.has(Learner.TARGET);
            showDifference("target network", checkpoint.has(Learner.TARGET) ? "there" : "-", kept ? KEPT : ANEW);
        }
        if (!same) {
            listener.info("The checkpoint is of another algorithm or optimiser: its network alone is taken over.");
        } else if (spec.learner().estimatesReturns() && !checkpoint.has(Learner.TARGET)) {
            listener.info(Path.of(Objects.requireNonNull(spec.modelLoadFile())).getFileName()
                    + " holds no target network, which begins as a copy of the network; a model_<steps>_steps.zip of"
                    + " the run holds it.");
        }
    }

    private void showOptimiser(String now) {
        showDifference("optimiser's state", "there", now);
    }

    /** A checkpoint of which nothing is seen but the network. */
    private record NetworkOf(StateReader checkpoint) implements StateReader {

        @Override
        public boolean has(String name) {
            return name.equals(Learner.PARAMETERS) && checkpoint.has(name);
        }

        @Override
        public DataInput section(String name) throws IOException {
            return checkpoint.section(name);
        }
    }

    /** Starts from a network of stable-baselines3; the optimiser begins anew. */
    private void startFrom(Path file, Sb3Model model) {
        listener.info(model.remark(
                file, spec.environment().framesPerStep() != model.environment().framesPerStep()));
        if (!model.network().mlp().isFinite()) {
            throw new SettingException("modelLoadFile is " + file + ", which is " + TrainedPolicy.NOT_FINITE);
        }
        showDifferences(model.settings(), new TreeSet<>(model.settings().keySet()));
        ActionNetwork network = model.network();
        try {
            if (spec.learner().estimatesReturns() != (network.meaning() == ActionNetwork.Meaning.QUANTILES)) {
                throw new IllegalArgumentException("What its outputs mean there is nothing to this learner.");
            }
            Mlp value = model.value();
            if (value == null) {
                learner.startFrom(network.mlp());
            } else {
                learner.startFrom(network.mlp(), value);
            }
        } catch (IllegalArgumentException e) {
            throw new SettingException(
                    "modelLoadFile is " + file + ", which does not fit this learner. " + e.getMessage() + " Set "
                            + model.form() + ".",
                    e);
        }
    }

    /** The same sizes are not enough: outputs must mean the same keys, and layers stand before the same function. */
    private void requireSame(String setting, @Nullable String theirs) {
        String ours = spec.settings().get(setting);
        if (theirs != null && ours != null && !theirs.equals(ours)) {
            throw new IllegalArgumentException("Its " + setting + " is " + theirs + ", here it is " + ours + ": give "
                    + setting + " the checkpoint's value.");
        }
    }

    /** What names none is of before there was another. */
    private static Algorithm of(@Nullable String algorithm) {
        return algorithm == null ? Algorithm.QR_DQN : Algorithm.of(algorithm);
    }

    /** A network of values is none of preferences; what is cloned has a way of its own. */
    private void requireSameMeaning(@Nullable String theirs) {
        Algorithm other = of(theirs);
        boolean values = other.defaults().estimatesReturns();
        if (!other.clones() && values != spec.learner().estimatesReturns()) {
            throw new IllegalArgumentException("It was trained with " + other.text() + ", whose outputs are "
                    + (values ? "returns" : "preferences") + ", and algorithm is "
                    + spec.algorithm().text() + ": set algorithm to "
                    + (values ? "qr-dqn or dqn" : "ppo, a2c, acer or expert-iteration")
                    + ", or name another checkpoint.");
        }
    }

    /** A cloned policy has no value network, nor does it estimate values. */
    private void startFromClone(Checkpoint checkpoint) throws IOException {
        if (spec.learner().estimatesReturns()) {
            throw new SettingException("modelLoadFile is " + spec.modelLoadFile()
                    + ", which was cloned with bc: it has no values that "
                    + spec.algorithm().text()
                    + " could go on from; set demonstrations and learner.demoPretrainSteps instead, or give the"
                    + " algorithm ppo, a2c, acer or expert-iteration.");
        }
        startFromPolicyAlone(checkpoint);
    }

    /** Beside a policy of the same form PPO and expert iteration value states, and ACER actions. */
    private boolean hasOtherValues(Algorithm theirs) {
        return theirs.defaults().valuesStates() != spec.learner().valuesStates();
    }

    private void startFromPolicyAlone(Checkpoint checkpoint) throws IOException {
        spec.learner().doubtAboutPolicyAlone().ifPresent(listener::warn);
        try (DataInputStream in = checkpoint.section(TrainedPolicy.SECTION)) {
            learner.startFrom(ActionNetwork.read(in).mlp());
        }
    }

    /** What the POM says is what runs: the table shows how that differs from what the checkpoint was trained with. */
    private void showDifferences(Map<String, String> old, SortedSet<String> names) {
        Map<String, String> now = spec.settings();
        listener.info(Change.head("checkpoint"));
        for (String name : names) {
            String before = old.getOrDefault(name, "-");
            String after = now.getOrDefault(name, "-");
            if (!same(before, after)) {
                showDifference(name, before, after);
            }
        }
    }

    private void showDifference(String name, Object before, Object after) {
        listener.info(new Change(name, before.toString(), after.toString()).row());
    }

    /** Numbers may be written in several ways, schedules that never change among them. */
    private static boolean same(String before, String after) {
        try {
            return before.equals(after) || number(before) == number(after);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text.startsWith("const_") ? text.substring("const_".length()) : text);
    }
}
