package io.github.qwop.run.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.qwop.env.ActionSet;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observation;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.Split;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Activation;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.onnx.OnnxWriter;
import io.github.qwop.play.Replayer;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Notes;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RecordingFile;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {

    /** A metre, with a beam of three: some tenths of a second. */
    private static final Map<String, String> SHORT =
            Map.of("objective", "split:1", "width", "3", "horizon", "4", "updates", "40_000", "threads", "1");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Notes notes = new Notes();

    private RunDirectory run(String name) {
        return new RunDirectory(folder.resolve(name));
    }

    private Outcome search(String name, Map<String, String> own) throws Exception {
        return search(name, own, () -> false);
    }

    private Outcome search(String name, Map<String, String> own, BooleanSupplier stop) throws Exception {
        Map<String, String> settings = new HashMap<>(SHORT);
        settings.putAll(own);
        return Search.run(run(name), Settings.bind(SearchSpec.DEFAULT, settings), notes, stop);
    }

    private Recording canonical(String name) {
        return RecordingFile.read(
                run(name), run(name).search().resolve("canonical.qwop").toString());
    }

    @Test
    void writesARecordingThatLeadsWhereItSays() throws Exception {
        Outcome done = search("qwop", Map.of());

        Recording recording = canonical("qwop");
        Twin twin = new Twin();
        Replayer.play(recording, twin);
        assertThat(recording.distance()).isGreaterThanOrEqualTo(1);
        assertThat(twin.torsoX()).isGreaterThanOrEqualTo(10);
        assertThat(recording.startNoise()).isEqualTo(StartNoise.NOTHING);
        assertThat(done.data()).containsEntry("reached", 1.0).containsKeys("seconds", "slowestSeconds");
        assertThat(done.sentence()).startsWith("1 of 1 starts reached the objective, split:1, in ");
        assertThat(notes.warnings())
                .containsExactly("No policy is given and " + run("qwop").best()
                        + " does not exist: rollouts are played with a simple gait, which finds slower runs and takes"
                        + " longer; train first, or set policy.");
        assertThat(files("qwop")).containsExactly("canonical.qwop");
    }

    private List<String> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(run(name).search())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private JsonObject file(String name) throws IOException {
        return JsonParser.parseString(Files.readString(run(name).searchFile())).getAsJsonObject();
    }

    @Test
    void tellsOfEveryLevelAndIsTheSameWithAnyThreads() throws Exception {
        search("one", Map.of());
        search("two", Map.of("threads", "2"));

        JsonObject one = file("one");
        JsonObject two = file("two");
        assertThat(one.remove("wall").getAsJsonArray().get(0).getAsJsonArray()).hasSizeGreaterThan(10);
        two.remove("wall");
        one.remove("provenance");
        two.remove("provenance");
        assertThat(one).isEqualTo(two);
        assertThat(canonical("one")).isEqualTo(canonical("two"));
        JsonObject start = one.getAsJsonArray("starts").get(0).getAsJsonObject();
        JsonObject pass = start.getAsJsonArray("passes").get(0).getAsJsonObject();
        int levels = pass.getAsJsonArray("clock").size();
        for (String column :
                List.of("bestMetres", "spreadMetres", "beam", "ancestors", "fallen", "fallenMetres", "updates")) {
            assertThat(pass.getAsJsonArray(column)).as(column).hasSize(levels);
        }
        assertThat(one.getAsJsonArray("human")).hasSize(10);
        assertThat(start.get("complete").getAsBoolean()).isTrue();
    }

    @Test
    void whatAnotherSearchHasFoundIsKept() throws Exception {
        search("qwop", Map.of());
        Recording found = canonical("qwop");
        Path other = run("qwop").search().resolve("canonical.state");
        try (DataOutputStream state = new DataOutputStream(Files.newOutputStream(other))) {
            state.writeUTF("qwop-search-2");
            state.writeUTF("another search");
        }

        search("qwop", Map.of("updates", "1_000"));

        Path kept = run("qwop").search().resolve("canonical.qwop.old1");
        assertThat(RecordingFile.read(run("qwop"), kept.toString())).isEqualTo(found);
        assertThat(run("qwop").search().resolve("canonical.state.old1")).exists();
        assertThat(notes.warnings())
                .anyMatch(warning -> warning.startsWith("Another search has found a better run, ")
                        && warning.endsWith(
                                " s, kept as " + kept + ": name it with -Dqwop.search.improve to begin with it."));

        search("again", Map.of());
        search("again", Map.of());
        assertThat(files("again")).as("the same once more").containsExactly("canonical.qwop");
    }

    @Test
    void goesOnAfterAStopAsIfThereHadBeenNone() throws Exception {
        search("whole", Map.of());
        int stops = 0;
        boolean done = false;
        while (!done) {
            AtomicInteger levels = new AtomicInteger();
            try {
                search("parts", Map.of(), () -> levels.incrementAndGet() > 60);
                done = true;
            } catch (StoppedException e) {
                assertThat(e)
                        .hasMessageStartingWith("The search was stopped after ")
                        .hasMessageEndingWith("Run the same command again to go on.");
                stops++;
            }
        }
        assertThat(stops).isGreaterThan(0);
        assertThat(notes.infos()).anyMatch(note -> note.startsWith("canonical: going on after "));
        assertThat(canonical("parts")).isEqualTo(canonical("whole"));
        JsonObject parts = file("parts");
        JsonObject whole = file("whole");
        parts.remove("wall");
        whole.remove("wall");
        parts.remove("provenance");
        whole.remove("provenance");
        assertThat(parts).isEqualTo(whole);
    }

    @Test
    void whatIsLeftOfAnotherSearchIsNotTaken() throws Exception {
        AtomicInteger levels = new AtomicInteger();
        assertThatThrownBy(() -> search("qwop", Map.of("seed", "5"), () -> levels.incrementAndGet() > 60))
                .isInstanceOf(StoppedException.class);
        search("qwop", Map.of());
        assertThat(notes.infos()).noneMatch(note -> note.contains("going on"));
    }

    @Test
    void aDamagedStateIsRefusedByName() throws Exception {
        AtomicInteger levels = new AtomicInteger();
        assertThatThrownBy(() -> search("qwop", Map.of(), () -> levels.incrementAndGet() > 60))
                .isInstanceOf(StoppedException.class);
        Path state = run("qwop").search().resolve("canonical.state");
        byte[] bytes = Files.readAllBytes(state);
        Files.write(state, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> search("qwop", Map.of()))
                .isInstanceOf(SettingException.class)
                .hasMessage("The file " + state
                        + " of a search under way cannot be read (it ends too early): delete it to" + " begin anew.");
        for (int i = bytes.length / 2; i < bytes.length; i++) {
            bytes[i] = (byte) 0x81;
        }
        Files.write(state, bytes);
        assertThatThrownBy(() -> search("qwop", Map.of()))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("The file " + state + " of a search under way cannot be read (")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void whatIsInTheWayIsToldBeforeTheWork() throws Exception {
        Files.createDirectories(run("one").searchFile());
        assertThatThrownBy(() -> search("one", Map.of()))
                .isInstanceOf(SettingException.class)
                .hasMessage(run("one").searchFile() + " is a folder, and a run has a file there: move it away, or set"
                        + " runId or outputDirectory to another place.");
        Files.createDirectories(run("two").path());
        Files.writeString(run("two").search(), "no folder");
        assertThatThrownBy(() -> search("two", Map.of()))
                .isInstanceOf(SettingException.class)
                .hasMessage(run("two").search() + " is a file, and a run has a folder there: move it away, or set"
                        + " runId or outputDirectory to another place.");
    }

    @Test
    void aNumberOfStartsIsWrittenAsOthersAre() {
        assertThat(Starts.parse("1k")).isEqualTo(new Starts(1000));
        assertThat(Starts.parse("1_000")).isEqualTo(new Starts(1000));
    }

    @Test
    void minutesStopItWithTheBestSoFarAndItCanGoOn() throws Exception {
        search("qwop", Map.of("minutes", "1e-9"));
        assertThat(files("qwop")).containsExactly("canonical.qwop", "canonical.state");
        search("qwop", Map.of());
        search("whole", Map.of());
        assertThat(canonical("qwop")).isEqualTo(canonical("whole"));
        assertThat(files("qwop")).containsExactly("canonical.qwop");
    }

    @Test
    void theGateHoldsOrFalls() throws Exception {
        double seconds = search("qwop", Map.of("gate.maxSeconds", "20")).data().getOrDefault("slowestSeconds", 0.0);
        assertThatThrownBy(() -> search("qwop", Map.of("gate.maxSeconds", Double.toString(seconds - 0.01))))
                .isInstanceOf(GateException.class)
                .hasMessageStartingWith("gate.maxSeconds asks for at most ")
                .hasMessageContaining("and the slowest start took");
        assertThatThrownBy(
                        () -> search("qwop", Map.of("gate.maxSeconds", "20", "objective", "time", "updates", "2000")))
                .isInstanceOf(GateException.class)
                .hasMessage("gate.maxSeconds asks for at most 20.00 s, and 1 of 1 starts did not reach the"
                        + " objective, time.");
    }

    @Test
    void searchesFromNoisyStartsWhichAreThoseOfTheValidation() throws Exception {
        Outcome done = search("qwop", Map.of("starts", "2"));

        assertThat(files("qwop")).containsExactly("noisy-1.qwop", "noisy-2.qwop");
        assertThat(done.sentence()).startsWith("2 of 2 starts reached the objective, split:1, in ");
        for (String file : files("qwop")) {
            Recording recording = RecordingFile.read(
                    run("qwop"), run("qwop").search().resolve(file).toString());
            Replayer.play(recording, new Twin());
            assertThat(recording.split()).isEqualTo(Split.VALIDATION);
            assertThat(recording.startNoise()).isEqualTo(StartNoise.parse("random:10"));
        }
    }

    @Test
    void improvesARecordingAndKeepsToItsStart() throws Exception {
        double before = search("first", Map.of()).data().getOrDefault("seconds", Double.NaN);
        String file = run("first").search().resolve("canonical.qwop").toString();
        double after = search("second", Map.of("improve", file, "width", "1", "updates", "20000"))
                .data()
                .getOrDefault("seconds", Double.NaN);
        assertThat(after).isLessThanOrEqualTo(before);
        assertThat(notes.infos())
                .contains(String.format(Locale.ROOT, "canonical: begins with canonical.qwop, %.2f s.", before));
        assertThat(notes.infos().contains("canonical: nothing better than canonical.qwop was found."))
                .isEqualTo(after == before);

        assertThat(notes.warnings()).noneMatch(warning -> warning.contains("writes over"));
        search("first", Map.of("improve", file, "width", "1", "updates", "20000"));
        assertThat(notes.warnings())
                .contains("search.improve is " + file + ", which this search writes over: once stopped it would"
                        + " begin anew instead of going on; copy the file and name the copy, or give another runId.");

        assertThatThrownBy(() -> search("third", Map.of("improve", file, "starts", "1")))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "search.improve is " + file + ", which begins at another start than those of search.starts, 1:"
                                + " give it the starts and the seed that it was made with.");
        assertThatThrownBy(() -> search("third", Map.of("improve", file, "trigonometry", "glibc")))
                .isInstanceOf(SettingException.class)
                .hasMessage("search.improve is " + file + ", which was played with the sine of fdlibm, and"
                        + " search.trigonometry is glibc: give both the same.");
        Recording recording = canonical("first");
        Path altered = folder.resolve("altered.qwop");
        Files.writeString(
                altered,
                RecordingFormat.write(recording).replace("distance: " + recording.distance(), "distance: 77.0"));
        assertThatThrownBy(() -> search("third", Map.of("improve", altered.toString())))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(
                        "search.improve is " + altered + ", which cannot be improved. The recording is altered");
        assertThatThrownBy(() -> search("third", Map.of("improve", "nowhere.qwop")))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "search.improve is nowhere.qwop, which does not exist: give a recording that ends in .qwop, as"
                                + " qwop:search, qwop:record and qwop:evaluate write them.");
        Path noRecording = Files.writeString(folder.resolve("none.qwop"), "none");
        assertThatThrownBy(() -> search("third", Map.of("improve", noRecording.toString())))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("search.improve is " + noRecording + ", which cannot be used: ");
    }

    /** One that decides every third update, over all sixteen combinations, and sees limbs from the torso. */
    @Test
    void aPolicyOfAnotherKindGuidesItToo() throws Exception {
        Path policy = onnx(Observation.RELATIVE, ActionSet.FULL, 3);
        search("qwop", Map.of("policy", policy.toString(), "framesPerDecision", "4", "width", "20"));
        assertThat(notes.warnings()).isEmpty();
        assertThat(notes.infos().get(0))
                .startsWith("Rollouts are played with the policy " + policy + ": ")
                .endsWith(" steps, a decision every 3 updates.");
        Replayer.play(canonical("qwop"), new Twin());
    }

    private Path onnx(Observation form, ActionSet set, int frames) throws IOException {
        RandomStream random = RandomStream.of(2, "network");
        float[] weight = new float[form.size() * set.size()];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) random.nextGaussian();
        }
        DenseLayer layer = new DenseLayer(form.size(), set.size(), weight, new float[set.size()]);
        ActionNetwork network =
                new ActionNetwork(new Mlp(List.of(layer), Activation.TANH), set.size(), ActionNetwork.Meaning.LOGITS);
        EnvSpec environment =
                new EnvSpec(frames, set, false, 1000, 10, 50, 10, StartNoise.NOTHING, Trigonometry.FDLIBM, form);
        Map<String, String> metadata = new HashMap<>();
        Settings.flatten(environment).forEach((name, value) -> metadata.put("qwop.environment." + name, value));
        return Files.write(
                folder.resolve("policy.onnx"),
                OnnxWriter.write(
                        network,
                        new OnnxWriter.Normalisation(form.references(), form.centres(), form.scales(), form.limit()),
                        metadata));
    }

    @Test
    void anOnnxFileFromElsewhereIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("foreign.onnx"), "no protocol buffer");
        assertThatThrownBy(() -> search("qwop", Map.of("policy", file.toString())))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("The policy " + file + " cannot be read for a search: it is no ONNX model (")
                .hasMessageEndingWith("; give a checkpoint, or an ONNX file of qwop:export-onnx.");
        assertThatThrownBy(() -> search("qwop", Map.of("policy", "nowhere.zip")))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("The policy nowhere.zip does not exist");
    }

    @Test
    void aHeapThatWillNotHoldTheWidthIsToldBefore() {
        long most = Runtime.getRuntime().maxMemory();
        long width = Math.min(100_000, most / 100_000);
        assertThatThrownBy(() -> search("qwop", Map.of("width", Long.toString(width))))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(
                        String.format(java.util.Locale.ROOT, "search.width is %,d and needs some ", width))
                .hasMessageContaining("give a smaller width, or more memory with -Dqwop.fork.jvmArgs=-Xmx");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "width | -1 | search.width is -1: give 0 to 100000; 100 is usual, 0 takes what the budget allows.",
                "horizon | 1001 | search.horizon is 1001: give 0 to 1000; 20 is usual with 4 updates a decision, 0 takes 80 updates' worth.",
                "framesPerDecision | 0 | search.framesPerDecision is 0: give 1 to 30; 4 is usual.",
                "childrenPerParent | 10 | search.childrenPerParent is 10: give 1 to 9; 3 is usual.",
                "threads | -2 | search.threads is -2: give 0 to 256; 0 takes all processors.",
                "updates | 0 | search.updates is 0: give 1 to 1000000000000000; 100_000_000 is usual.",
                "minutes | 0 | search.minutes is 0.0: give minutes above 0, such as 10, or leave it out.",
                "starts | 0 | starts: starts is \"0\": give canonical, or a number of noisy starts from 1 to 10000.",
                "starts | noisy | starts: starts is \"noisy\": give canonical, or a number of noisy starts from 1 to 10000.",
                "seed | x | seed is \"x\", which is not a whole number: give one, such as 1000.",
                "value | most | value is \"most\": give one of last, late-mean, mean.",
                "objective | split:100 | objective: objective is \"split:100\": give time for the finish, or split:<metres> with metres above 0 and below 100, such as split:10.",
                "objective | split:-10 | objective: objective is \"split:-10\": give time for the finish, or split:<metres> with metres above 0 and below 100, such as split:10.",
                "objective | split:NaN | objective: objective is \"split:NaN\": give time for the finish, or split:<metres> with metres above 0 and below 100, such as split:10.",
                "starts | 20k | starts: starts is \"20k\": give canonical, or a number of noisy starts from 1 to 10000.",
                "objective | speed | objective: objective is \"speed\": give time for the finish, or split:<metres> with metres above 0 and below 100, such as split:10.",
                "trigonometry | x87 | trigonometry is \"x87\": give one of fdlibm, glibc.",
                "gate.maxSeconds | -1 | gate.maxSeconds is -1.0: give seconds of play above 0, such as 45.53.",
            })
    void everyValueOutOfRangeIsRefusedInASentence(String name, String value, String message) {
        assertThatThrownBy(() -> Settings.bind(SearchSpec.DEFAULT, Map.of(name, value)))
                .isInstanceOf(SettingException.class)
                .hasMessage(message);
    }

    @Test
    void twoSearchesDoNotShareAFolder() throws Exception {
        try (java.nio.channels.FileChannel lock = run("qwop").lockSearch()) {
            assertThat(lock.isOpen()).isTrue();
            assertThatThrownBy(() -> search("qwop", Map.of()))
                    .isInstanceOf(SettingException.class)
                    .hasMessageStartingWith("Another search is at work in ");
        }
    }
}
