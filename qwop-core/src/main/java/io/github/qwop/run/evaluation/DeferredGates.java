package io.github.qwop.run.evaluation;

import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gates that an evaluation has written down and left for later. */
public final class DeferredGates {

    private DeferredGates() {}

    /** What is needed of an evaluation. */
    private record Judged(
            @Nullable Summary trained, @Nullable List<GateSpec.Outcome> gates) {}

    /**
     * Holds the gates of a run's last evaluation.
     *
     * @param run the run's folder
     * @param runId its name, for the sentence
     * @param asked held against the evaluation's figures, in place of those of the same name that it has written down
     * @return what came of it: the figures of {@link Summary} by name
     * @throws GateException if a gate fell
     * @throws SettingException if there is no evaluation
     */
    public static Outcome hold(RunDirectory run, String runId, GateSpec asked) throws IOException, GateException {
        Path file = run.evaluation();
        if (!Files.isRegularFile(file)) {
            throw new SettingException("There is no evaluation " + file + ": run qwop:evaluate before qwop:gate.");
        }
        Judged judged = EvaluationFile.read(run, Judged.class);
        Summary trained = judged.trained();
        List<GateSpec.Outcome> written = judged.gates();
        if (trained == null || written == null || written.stream().anyMatch(Objects::isNull)) {
            throw new SettingException(
                    "The evaluation " + file + " does not say how its gates went: run qwop:evaluate again.");
        }
        List<GateSpec.Outcome> gates = with(written, asked, trained);
        List<GateSpec.Outcome> fallen = fallen(gates);
        if (!fallen.isEmpty()) {
            throw fell(run, runId, fallen, trained);
        }
        int count = gates.size();
        String sentence = count == 0
                ? "No gate is declared for " + runId + ", so that none fell."
                : count == 1
                        ? "The one gate of " + runId + " holds."
                        : "All " + count + " gates of " + runId + " hold.";
        return new Outcome(sentence, trained.figures());
    }

    private static List<GateSpec.Outcome> with(List<GateSpec.Outcome> written, GateSpec asked, Summary trained) {
        List<GateSpec.Outcome> gates = new ArrayList<>(asked.check(trained));
        Set<String> held = gates.stream().map(GateSpec.Outcome::name).collect(Collectors.toSet());
        written.stream().filter(gate -> !held.contains(gate.name())).forEach(gates::add);
        for (String name : asked.ofBaseline()) {
            if (gates.stream().noneMatch(gate -> gate.name().equals(name))) {
                throw new SettingException("gate." + name + " is held by qwop:evaluate, which has the baseline, and the"
                        + " last evaluation was not asked for it: give it there.");
            }
        }
        return gates;
    }

    static List<GateSpec.Outcome> fallen(List<GateSpec.Outcome> gates) {
        return gates.stream().filter(gate -> !gate.passed()).toList();
    }

    static GateException fell(RunDirectory run, String runId, List<GateSpec.Outcome> fallen, Summary summary) {
        return new GateException("The gate of run " + runId + " fell: "
                + fallen.stream().map(GateSpec.Outcome::text).collect(Collectors.joining("; ")) + ", over "
                + summary.episodes() + " episodes. See " + run.evaluation()
                + "; train longer or better, or lower the gate.");
    }
}
