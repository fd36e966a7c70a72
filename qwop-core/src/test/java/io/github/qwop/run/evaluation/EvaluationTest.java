package io.github.qwop.run.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.qwop.env.ActionSet;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observation;
import io.github.qwop.env.Split;
import io.github.qwop.game.Game;
import io.github.qwop.game.NudgedGame;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Activation;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.onnx.OnnxWriter;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Notes;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RecordingFile;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.policy.PolicyRequest;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an evaluation keeps and leaves alone, and what it says of a page that it plays on. */
class EvaluationTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RunDirectory run;

    private final Notes notes = new Notes();

    /** A policy that never changes its mind: starts differ, what follows does not. */
    @BeforeEach
    void policy() throws IOException {
        run = new RunDirectory(folder.resolve("qwop"));
        int actions = ActionSet.REDUCED.size();
        float[] bias = new float[actions];
        bias[6] = 1;
        Mlp constant = new Mlp(List.of(new DenseLayer(60, actions, new float[60 * actions], bias)), Activation.RELU);
        float[] ones = new float[60];
        Arrays.fill(ones, 1);
        int[] none = new int[60];
        Arrays.fill(none, -1);
        Files.write(
                folder.resolve("policy.onnx"),
                OnnxWriter.write(
                        new ActionNetwork(constant, actions, ActionNetwork.Meaning.QUANTILES),
                        new OnnxWriter.Normalisation(none, new float[60], ones, 1),
                        Map.of("qwop.run_id", "constant", "qwop.environment.actionSet", "reduced")));
    }

    private void evaluate(String... settings) throws IOException, GateException {
        evaluate(NudgedGame::same, settings);
    }

    private void evaluate(Supplier<Game> page, String... settings) throws IOException, GateException {
        Map<String, String> all = new HashMap<>(Map.of(
                "policy", folder.resolve("policy.onnx").toString(),
                "episodes", "7",
                "environment.maxEpisodeSteps", "30"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        EvaluationSpec named = Settings.bind(EvaluationSpec.of(EnvSpec.DEFAULT), all);
        try (PolicyRequest<EvaluationSpec> request = PolicyRequest.open(
                folder,
                named,
                all,
                policy -> EvaluationSpec.of(policy.environment().varied()),
                notes)) {
            Evaluation.run(request, (spec, lanes) -> page, TwinEpisodes.threads(1), notes);
        }
    }

    private JsonObject written() throws IOException {
        JsonObject written =
                JsonParser.parseString(Files.readString(run.evaluation())).getAsJsonObject();
        // Its date is another each time.
        written.remove("provenance");
        return written;
    }

    private List<String> recordings() throws IOException {
        try (var files = Files.walk(run.recordings())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> run.recordings().relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyEpisodeIsKeptIfAsked() throws IOException, GateException {
        evaluate("keepEpisodes", "true", "recordings", "2");

        assertThat(recordings())
                .containsExactly(
                        "best.qwop",
                        "episodes/0001.qwop",
                        "episodes/0002.qwop",
                        "episodes/0003.qwop",
                        "episodes/0004.qwop",
                        "episodes/0005.qwop",
                        "episodes/0006.qwop",
                        "episodes/0007.qwop",
                        "median.qwop",
                        "rank-2.qwop");
        assertThat(EvaluationFile.recordings(run)).containsExactlyInAnyOrderElementsOf(recordings());
        assertThat(EvaluationFile.episodes(run)).hasSize(7).allMatch(Files::isRegularFile);
    }

    @Test
    void theNextEvaluationReplacesWhatThisOneKeptAndNothingElse() throws IOException, GateException {
        evaluate("keepEpisodes", "true", "recordings", "5");
        List<String> others = List.of("best.gif", "best.html", "episodes/mine.qwop", "mine.qwop", "rank-9.qwop");
        for (String name : others) {
            Files.writeString(run.recordings().resolve(name), name);
        }

        evaluate("recordings", "2");

        assertThat(recordings())
                .containsExactlyInAnyOrder(
                        "best.gif",
                        "best.html",
                        "best.qwop",
                        "episodes/mine.qwop",
                        "median.qwop",
                        "mine.qwop",
                        "rank-2.qwop",
                        "rank-9.qwop");
        for (String name : others) {
            assertThat(run.recordings().resolve(name)).hasContent(name);
        }
        assertThat(EvaluationFile.episodes(run)).isEmpty();
    }

    /** As of an evaluation of an earlier version, or one that was damaged. */
    @Test
    void whatNoListNamesIsNotDeleted() throws IOException, GateException {
        for (String evaluation : List.of("{\"format\": 1}", "{", "{\"recordings\": 1}", "{\"recordings\": [null]}")) {
            Files.createDirectories(run.recordings());
            Files.writeString(run.recordings().resolve("rank-9.qwop"), "mine");
            AtomicFile.write(run.evaluation(), evaluation);

            evaluate();

            assertThat(run.recordings().resolve("rank-9.qwop")).hasContent("mine");
            assertThat(written().getAsJsonArray("recordings")).hasSize(4);
        }
    }

    @Test
    void aListThatNamesOtherFilesDeletesNone() throws IOException, GateException {
        Path other = Files.writeString(folder.resolve("other.qwop"), "other");
        Files.createDirectories(run.recordings());
        Path mine = Files.writeString(run.recordings().resolve("mine.qwop"), "mine");
        AtomicFile.write(
                run.evaluation(), "{\"recordings\": [\"../../other.qwop\", \"mine.qwop\", \"rank-1/../mine.qwop\"]}");

        evaluate();

        assertThat(other).hasContent("other");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void recordingsSayThatTheyAreOfTestEpisodes() throws IOException, GateException {
        evaluate("keepEpisodes", "true");

        for (String name : recordings()) {
            assertThat(RecordingFile.read(run.recordings().resolve(name)).split())
                    .isEqualTo(Split.TEST);
        }
    }

    /** A file that a user has put there, or a folder, under a name that this goal writes. */
    @Test
    void whatItHasNotWrittenIsMovedAside() throws IOException, GateException {
        Files.createDirectories(run.recordings().resolve("rank-2.qwop"));
        Files.writeString(run.recordings().resolve("rank-2.qwop").resolve("mine.qwop"), "mine");
        Files.writeString(run.recordings().resolve("best.qwop"), "mine");

        evaluate();
        evaluate();

        assertThat(recordings())
                .containsExactly(
                        "best.qwop",
                        "best.qwop.old1",
                        "median.qwop",
                        "rank-2.qwop",
                        "rank-2.qwop.old1/mine.qwop",
                        "rank-3.qwop");
        assertThat(run.recordings().resolve("best.qwop.old1")).hasContent("mine");
        assertThat(notes.infos())
                .contains("No evaluation that is known here has written "
                        + run.recordings().resolve("best.qwop") + ": moved to best.qwop.old1.");
    }

    /** As on a full disk: one of the files cannot be written. */
    @Test
    void anEvaluationThatCannotBeWrittenLeavesTheOneBefore() throws IOException, GateException {
        evaluate();
        String document = Files.readString(run.evaluation());
        String best = Files.readString(run.bestRecording());
        Path mine = Files.writeString(run.recordings().resolve("episodes"), "no folder");

        assertThatThrownBy(() -> evaluate("keepEpisodes", "true", "seed", "2")).isInstanceOf(IOException.class);

        assertThat(recordings()).containsExactly("best.qwop", "episodes", "median.qwop", "rank-2.qwop", "rank-3.qwop");
        assertThat(run.bestRecording()).hasContent(best);
        assertThat(run.evaluation()).hasContent(document);
        assertThat(mine).hasContent("no folder");
    }

    /** A gate must not hold because nothing can be read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"trained\": {}}",
                "{\"trained\": {}, \"gates\": [null]}",
                "{\"trained\": {}, \"gates\": [{\"name\": \"x\", \"limit\": \"\", \"passed\": true}]}",
            })
    void aDamagedEvaluationHoldsNoGate(String text) throws IOException {
        AtomicFile.write(run.evaluation(), text);

        assertThatThrownBy(() -> DeferredGates.hold(run, "qwop", GateSpec.NOTHING))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("The evaluation " + run.evaluation())
                .hasMessageEndingWith(": run qwop:evaluate again.");
    }

    /** A gate that is given to the goal gate alone is held, not passed over. */
    @Test
    void gatesThatAreGivenLaterAreHeldAgainstTheEvaluation() throws IOException, GateException {
        evaluate("gate.minMeanDistance", "-100", "deferGate", "true");
        assertThat(hold("minMeanDistance", "-50").sentence()).isEqualTo("The one gate of qwop holds.");
        assertThat(hold("minDistance", "-50").sentence()).isEqualTo("All 2 gates of qwop hold.");
        assertThatThrownBy(() -> hold("minMeanDistance", "99"))
                .isInstanceOf(GateException.class)
                .hasMessageContaining("minMeanDistance asks for at least 99.00");
        assertThatThrownBy(() -> hold("maxMeanSeconds", "60"))
                .isInstanceOf(GateException.class)
                .hasMessageContaining("no episode was finished");
        assertThatThrownBy(() -> hold("maxDistanceDrop", "5"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("gate.maxDistanceDrop is held by qwop:evaluate");
    }

    @Test
    void whereNoGateIsDeclaredThatIsSaid() throws IOException, GateException {
        evaluate();
        assertThat(DeferredGates.hold(run, "qwop", GateSpec.NOTHING).sentence())
                .isEqualTo("No gate is declared for qwop, so that none fell.");
    }

    private Outcome hold(String gate, String limit) throws IOException, GateException {
        return DeferredGates.hold(run, "qwop", Settings.bind(GateSpec.NOTHING, Map.of(gate, limit)));
    }

    @Test
    void whatIsOtherwiseThanInTheTrainingIsSaid() throws IOException, GateException {
        evaluate("environment.framesPerStep", "2", "environment.maxEpisodeSteps", "5");
        assertThat(notes.infos())
                .contains(
                        "It is played otherwise than it was trained: environment.framesPerStep 4 -> 2,"
                                + " environment.maxEpisodeSteps 1000 -> 5.",
                        "100 % of the episodes were cut off by environment.maxEpisodeSteps, 5.");
    }

    @Test
    void aRunWithoutABestIsToldWhatItHas() throws IOException {
        Path checkpoint = run.checkpoints().resolve("model_2048_steps.zip");
        Files.createDirectories(run.checkpoints());
        Files.createFile(checkpoint);
        assertThatThrownBy(() -> open("qwop"))
                .hasMessageContaining("has no best policy yet")
                .hasMessageEndingWith("or set policy to " + checkpoint + ".");
        assertThatThrownBy(() -> open("other")).hasMessageContaining("train the run first");
        Files.createFile(run.best());
        assertThatThrownBy(() -> open("other"))
                .hasMessageEndingWith("set runId to one that is there, qwop, or train it first.");
    }

    private void open(String runId) {
        Map<String, String> all = Map.of("runId", runId);
        EvaluationSpec named = Settings.bind(EvaluationSpec.of(EnvSpec.DEFAULT), all);
        PolicyRequest.open(folder, named, all, policy -> EvaluationSpec.of(policy.environment()), notes)
                .close();
    }

    @Test
    void twoEvaluationsOfARunAtOnceAreRefused() throws IOException, GateException {
        evaluate();
        String document = Files.readString(run.evaluation());
        FileChannel other = run.lockEvaluation();
        try (other) {
            assertThatThrownBy(() -> evaluate("seed", "2"))
                    .isInstanceOf(SettingException.class)
                    .hasMessage("Another evaluation or certification is at work in " + run.path()
                            + ": wait for its end, or give this one another runId.");
        }
        assertThat(run.evaluation()).hasContent(document);

        evaluate("seed", "2");
        assertThat(written().get("seed").getAsInt()).isEqualTo(2);
    }

    /** A training may go on beside its evaluation. */
    @Test
    void aTrainingKeepsNoEvaluationOut() throws IOException, GateException {
        FileChannel training = run.lock();
        try (training) {
            evaluate();
        }
        assertThat(run.evaluation()).exists();
    }

    /** Nobody comes ten metres far here; how a run of ten splits is told is SplitsTest's matter. */
    @Test
    void splitsStandInTheFileAndOnlyWorthwhileOnesInTheLog() throws IOException, GateException {
        evaluate();
        assertThat(written().getAsJsonArray("episodes"))
                .allMatch(episode -> episode.getAsJsonObject().get("splits").isJsonArray());
        JsonObject splits = written().getAsJsonObject("splits");
        assertThat(splits.keySet()).containsExactly("human record");
        assertThat(splits.getAsJsonArray("human record")).hasSize(10);
        assertThat(notes.infos()).noneMatch(line -> line.startsWith("seconds at m"));
    }

    @Test
    void theBaselineIsHeldInTheFile() throws IOException, GateException {
        String baseline = folder.resolve("baseline.json").toString();
        evaluate("episodes", "12", "baseline", baseline, "updateBaseline", "true");
        JsonObject held = written().getAsJsonObject("baseline");
        assertThat(held.get("difference").getAsDouble()).isZero();
        assertThat(held.get("paired").getAsBoolean()).isTrue();
        assertThat(held.get("meanDistance"))
                .isEqualTo(written().getAsJsonObject("trained").get("meanDistance"));
        evaluate("episodes", "12", "seed", "2", "baseline", baseline);
        held = written().getAsJsonObject("baseline");
        assertThat(held.get("paired").getAsBoolean()).isFalse();
        assertThat(held.get("low").getAsDouble())
                .isLessThanOrEqualTo(held.get("difference").getAsDouble());
        assertThat(held.get("high").getAsDouble())
                .isGreaterThanOrEqualTo(held.get("difference").getAsDouble());
    }

    @Test
    void aBaselineThatCannotBeUsedIsToldBeforeTheWork() throws IOException {
        Path missing = folder.resolve("missing.json");
        assertThatThrownBy(() -> evaluate("baseline", missing.toString()))
                .isInstanceOf(SettingException.class)
                .hasMessage("The baseline " + missing
                        + " does not exist: write it with qwop:evaluate -Dqwop.updateBaseline=true and"
                        + " keep it in the repository.");
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Path below = file.resolve("baseline.json");
        assertThatThrownBy(() -> evaluate("episodes", "12", "baseline", below.toString(), "updateBaseline", "true"))
                .isInstanceOf(SettingException.class)
                .hasMessage("The baseline " + below + " cannot be written (" + file
                        + " is in the way: it is there already and of another kind): set baseline to a file that can, or"
                        + " make room.");
        assertThatThrownBy(() -> evaluate("episodes", "12", "baseline", folder.toString(), "updateBaseline", "true"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("The baseline " + folder + " cannot be written (it is a folder, not a file)");
        assertThat(notes.infos()).as("nothing was played").noneMatch(line -> line.startsWith("Mean distance"));
        assertThat(run.evaluation()).doesNotExist();
    }

    /** As on a disk that fills up meanwhile: the folder of the baseline is another one by then. */
    @Test
    void anEvaluationIsKeptWhoseBaselineCannotBeWritten() throws IOException {
        Path place = Files.createDirectories(folder.resolve("kept"));
        Path baseline = place.resolve("baseline.json");
        Supplier<Game> page = () -> {
            try {
                Files.deleteIfExists(place);
                if (!Files.exists(place)) {
                    Files.writeString(place, "a file by now");
                }
            } catch (IOException e) {
                assertThat(place).isRegularFile();
            }
            return NudgedGame.same();
        };
        assertThatThrownBy(() -> evaluate(
                        page,
                        "game",
                        "page",
                        "processes",
                        "1",
                        "episodes",
                        "12",
                        "baseline",
                        baseline.toString(),
                        "updateBaseline",
                        "true"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("The baseline " + baseline + " cannot be written (")
                .hasMessageEndingWith(" The evaluation itself is kept in " + run.evaluation() + ".");
        assertThat(written().getAsJsonObject("trained").get("episodes").getAsInt())
                .isEqualTo(12);
        assertThat(recordings()).contains("best.qwop");
    }

    @Test
    void aFolderInTheWayIsToldBeforeTheWork() throws IOException {
        Files.createDirectories(run.evaluation());
        assertThatThrownBy(() -> evaluate())
                .isInstanceOf(SettingException.class)
                .hasMessage(run.evaluation() + " is a folder, and a run has a file there: move it away, or set runId or"
                        + " outputDirectory to another place.");
        assertThat(notes.infos()).isEmpty();
    }

    /** A training that diverged and was exported by another version: read by us, or by ONNX Runtime. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOnnxFileThatIsNotFiniteIsRefused(boolean ours) throws IOException {
        int actions = ActionSet.REDUCED.size();
        float[] bias = new float[actions];
        bias[3] = Float.NaN;
        Mlp network = new Mlp(List.of(new DenseLayer(60, actions, new float[60 * actions], bias)), Activation.RELU);
        Observation form = Observation.QWOP_GYM;
        Path file = Files.write(
                folder.resolve("diverged.onnx"),
                OnnxWriter.write(
                        new ActionNetwork(network, actions, ActionNetwork.Meaning.QUANTILES),
                        new OnnxWriter.Normalisation(
                                form.references(), form.centres(), form.scales(), ours ? form.limit() : 77),
                        Map.of("qwop.environment.actionSet", "reduced")));
        assertThatThrownBy(() -> evaluate("policy", file.toString()))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("The policy " + file + " is not finite: its training diverged");
    }

    /** Better than the last release? That one plays the same starts, as often as it was trained to decide. */
    @Test
    void aReleasedPolicyIsPlayedFromTheSameStarts() throws IOException, GateException {
        Path released = folder.resolve("runner-1.4-policy.onnx");
        Files.copy(folder.resolve("policy.onnx"), released);
        evaluate("episodes", "12", "baseline", released.toString(), "gate.maxDistanceDrop", "0");
        JsonObject held = written().getAsJsonObject("baseline");
        assertThat(held.get("meanDistance"))
                .isEqualTo(written().getAsJsonObject("trained").get("meanDistance"));
        assertThat(held.get("paired").getAsBoolean()).isTrue();
        assertThat(held.get("low").getAsDouble()).isZero();
        assertThat(held.get("high").getAsDouble()).isZero();
        assertThatThrownBy(() ->
                        evaluate("episodes", "12", "baseline", released.toString(), "gate.betterThanBaseline", "95%"))
                .isInstanceOf(GateException.class)
                .hasMessageContaining(
                        "betterThanBaseline asks for more than the baseline, and the difference may be as low"
                                + " as 0.00");
        assertThat(notes.infos()).anyMatch(line -> line.matches("baseline +12 .*"));
    }

    @Test
    void whatABaselineCannotBeIsRefused() {
        assertRefused("gate.betterThanBaseline is 95.0% and no baseline is named", "gate.betterThanBaseline", "95%");
        assertRefused(
                "updateBaseline is true, and the baseline old.zip is a policy: remove updateBaseline, or set baseline to"
                        + " a file such as baseline.json.",
                "baseline",
                "old.zip",
                "updateBaseline",
                "true",
                "episodes",
                "12");
        assertRefused(
                "evaluate.episodes is 9: gate.betterThanBaseline needs at least 10 episodes",
                "episodes",
                "9",
                "baseline",
                "b.json",
                "gate.betterThanBaseline",
                "95%");
        assertRefused(
                "gate.minIqmDistance is 80.0: it is of the seeds of a study, and this is one policy: hold it of a study, or"
                        + " set gate.minMeanDistance.",
                "gate.minIqmDistance",
                "80");
    }

    private void assertRefused(String message, String... settings) {
        assertThatThrownBy(() -> evaluate(settings))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(message);
    }

    /** What lies in the repository is what its owner was content with. */
    @Test
    void aFallenGateLeavesTheBaselineAsItIs() throws IOException, GateException {
        Path file = folder.resolve("baseline.json");
        String[] outOfReach = {
            "episodes", "12", "baseline", file.toString(), "gate.minMeanDistance", "90", "updateBaseline", "true"
        };
        assertThatThrownBy(() -> evaluate(outOfReach)).isInstanceOf(GateException.class);
        assertThat(file).doesNotExist();
        assertThat(notes.warnings())
                .contains(
                        "The baseline " + file + " is not written, because a gate fell that has nothing to do with it;"
                                + " -Dqwop.updateBaseline=force writes it all the same.");

        evaluate("episodes", "12", "seed", "2", "baseline", file.toString(), "updateBaseline", "true");
        byte[] committed = Files.readAllBytes(file);
        assertThatThrownBy(() -> evaluate(outOfReach)).isInstanceOf(GateException.class);
        assertThat(file).hasBinaryContent(committed);
        assertThat(written().getAsJsonObject("baseline").get("paired").getAsBoolean())
                .isFalse();

        outOfReach[7] = "force";
        assertThatThrownBy(() -> evaluate(outOfReach)).isInstanceOf(GateException.class);
        assertThat(Files.readAllBytes(file)).isNotEqualTo(committed);
    }

    /** It cannot be better than itself; from then on others are held against it. */
    @Test
    void whatBecomesTheBaselineNeedNotBeBetterThanIt() throws IOException, GateException {
        String[] settings = {
            "episodes",
            "12",
            "baseline",
            folder.resolve("baseline.json").toString(),
            "gate.betterThanBaseline",
            "95%",
            "updateBaseline",
            "true"
        };
        evaluate(settings);
        assertThat(folder.resolve("baseline.json")).exists();
        evaluate(settings);
        assertThat(written()
                        .getAsJsonArray("gates")
                        .get(0)
                        .getAsJsonObject()
                        .get("name")
                        .getAsString())
                .as("the goal gate finds it held")
                .isEqualTo("betterThanBaseline");
        settings[7] = "false";
        assertThatThrownBy(() -> evaluate(settings)).isInstanceOf(GateException.class);
    }

    @Test
    void whatIsNoBaselineIsNotLost() throws IOException, GateException {
        Path file = Files.writeString(folder.resolve("notes.md"), "important");
        evaluate("episodes", "12", "baseline", file.toString(), "updateBaseline", "true");
        assertThat(folder.resolve("notes.md.old1")).hasContent("important");
        assertThat(notes.warnings())
                .contains("What " + file + " held is no baseline, and is kept as " + file + ".old1.");
        evaluate("episodes", "12", "baseline", file.toString(), "updateBaseline", "true");
        assertThat(folder.resolve("notes.md.old2")).doesNotExist();
    }

    /** A hundred thousand episodes that finish, with their splits, take some 55 MB. */
    @Test
    void anEvaluationAsLargeAsTheyMayBeIsReadAgain() throws IOException {
        Files.createDirectories(run.path());
        Files.writeString(
                run.evaluation(), "{\"recordings\": [\"best.qwop\"],\n" + " ".repeat(100_000 * 560) + "\"seed\": 1}");
        assertThat(EvaluationFile.recordings(run)).containsExactly("best.qwop");
    }

    @Test
    void aTestsNameIsTheSameWhateverItsLimit() throws IOException, GateException {
        assertThatThrownBy(() -> evaluate("gate.minMeanDistance", "90")).isInstanceOf(GateException.class);
        String fell = Files.readString(run.junit("qwop"));
        evaluate("gate.minMeanDistance", "-90");
        String held = Files.readString(run.junit("qwop"));

        assertThat(fell)
                .contains("name=\"minMeanDistance\"")
                .containsPattern("message=\"minMeanDistance asks for at least 90[.]00 and the policy reached");
        assertThat(held).contains("name=\"minMeanDistance\"");
    }

    @Test
    void aPageThatPlaysAsTheTwinIsSaidToBeEqual() throws IOException, GateException {
        evaluate("game", "page");

        assertThat(notes.infos()).anyMatch(line -> line.matches("policy +episodes .* equal to twin"));
        assertThat(notes.infos()).anyMatch(line -> line.matches("trained +7 .* 7 of 7"));
        assertThat(notes.infos()).anyMatch(line -> line.matches("random +7 .* -"));
        assertThat(notes.warnings()).isEmpty();
        assertThat(written().getAsJsonArray("episodes"))
                .hasSize(7)
                .extracting(JsonElement::getAsJsonObject)
                .allMatch(episode -> episode.get("equalToTwin").getAsBoolean()
                        && episode.get("updates").getAsInt() > 20
                        && !episode.has("difference"));
    }

    /** The 40th update lies in all episodes, the last one in none. */
    @Test
    void aPageThatDiffersIsSaidTo() throws IOException, GateException {
        evaluate(() -> new NudgedGame(40, 5, Math::nextDown), "game", "page");

        assertThat(notes.infos()).anyMatch(line -> line.matches("trained +7 .* 0 of 7"));
        assertThat(notes.warnings())
                .hasSize(7)
                .first()
                .asString()
                .matches(
                        "Episode 1 differs from the twin, first at update 40, .*: x of the head is \\S+ on the open page"
                                + " and \\S+ on the twin; 1 of 66 values differ there; .*\\.");
        JsonObject last = written().getAsJsonArray("episodes").get(6).getAsJsonObject();
        assertThat(last.get("equalToTwin").getAsBoolean()).isFalse();
        assertThat(last.getAsJsonObject("difference").get("update").getAsInt()).isEqualTo(40);
    }

    @Test
    void theNumberOfProcessesChangesNothing() throws IOException, GateException {
        evaluate("game", "page", "processes", "1");
        JsonObject one = written();
        evaluate("game", "page", "processes", "3");

        assertThat(written()).isEqualTo(one);
        evaluate("game", "twin");
        assertThat(written().get("trained")).isEqualTo(one.get("trained"));
    }

    @Test
    void theCanonicalStartIsPlayedOnAPageToo() throws IOException, GateException {
        evaluate("game", "page", "environment.startNoise", "none", "episodes", "2");

        assertThat(written().getAsJsonArray("episodes").get(0))
                .as("nothing differs")
                .isEqualTo(written().getAsJsonArray("episodes").get(1));
        assertThat(notes.infos()).anyMatch(line -> line.matches("trained +2 .* 2 of 2"));
    }

    @Test
    void refusesProcessesThatCannotBe() {
        assertThatThrownBy(() -> evaluate("game", "page", "processes", "0"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("processes is 0: give 1 to 256");
    }
}
