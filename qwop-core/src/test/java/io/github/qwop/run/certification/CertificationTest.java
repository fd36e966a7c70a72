package io.github.qwop.run.certification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.qwop.env.ActionSet;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.Split;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.BodyPart;
import io.github.qwop.game.Game;
import io.github.qwop.game.NudgedGame;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.Actor;
import io.github.qwop.play.Episode;
import io.github.qwop.play.EpisodePlayer;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Notes;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings are certified on a game that plays as the twin does, and fall on one that does not. */
class CertificationTest {

    private static final EnvSpec SHORT =
            new EnvSpec(4, ActionSet.REDUCED, true, 30, 10, 50, 10, new StartNoise(StartNoise.Kind.RANDOM, 10));

    private static final int EPISODES = 5;
    private static final int LEFT_FOOT_VX = 4 * BodyPart.VALUES + 3;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RunDirectory run;

    private final Notes notes = new Notes();

    /** An evaluation that has kept five episodes of random keys, of at most 130 updates each. */
    @BeforeEach
    void evaluate() throws IOException {
        run = new RunDirectory(folder.resolve("qwop"));
        List<Episode> episodes;
        try (Game twin = new Twin()) {
            episodes = new EpisodePlayer(SHORT, twin)
                    .play(
                            Actor.random(RandomStream.of(1, "keys"), SHORT.actionCount()),
                            Split.TEST.streams(1, 0, EPISODES));
        }
        JsonArray names = new JsonArray();
        for (int i = 0; i < EPISODES; i++) {
            String name = "episodes/000" + (i + 1) + ".qwop";
            write(name, episodes.get(i).recording());
            names.add(name);
        }
        write("best.qwop", episodes.get(0).recording());
        write("median.qwop", episodes.get(1).recording());
        JsonObject evaluation = new JsonObject();
        evaluation.addProperty("seed", 1);
        evaluation.add("recordings", names);
        AtomicFile.write(run.evaluation(), evaluation.toString());
    }

    private void write(String name, Recording recording) throws IOException {
        AtomicFile.write(run.recordings().resolve(name), RecordingFormat.write(recording));
    }

    private String certify(Supplier<Game> game, Map<String, String> settings) throws IOException, GateException {
        CertificationSpec certified = Settings.bind(CertificationSpec.DEFAULT, settings);
        return Certification.run(
                        new RunDirectory(folder.resolve(certified.runId())), certified, (spec, lanes) -> game, notes)
                .sentence();
    }

    private JsonArray written() throws IOException {
        return JsonParser.parseString(Files.readString(run.evaluation()))
                .getAsJsonObject()
                .getAsJsonArray("certification");
    }

    @Test
    void bestAndMedianAreCertified() throws IOException, GateException {
        assertThat(certify(NudgedGame::same, Map.of()))
                .matches("Certified on the open page: 2 recordings, \\d{2,3} updates, every number equal to the"
                        + " twin's\\.");

        assertThat(notes.infos())
                .first()
                .asString()
                .matches(
                        "Certifying 2 recordings, \\d{2,3} updates and those of their starts, on the open page, 1 at once: about \\d s\\.");
        assertThat(written()).hasSize(2).allSatisfy(one -> {
            assertThat(one.getAsJsonObject().get("largestDifference").getAsDouble())
                    .isZero();
            assertThat(one.getAsJsonObject().get("game").getAsString()).isEqualTo("page");
            assertThat(one.getAsJsonObject().has("difference")).isFalse();
            assertThat(one.getAsJsonObject().getAsJsonArray("splits")).isEmpty();
        });
        assertThat(Files.readString(run.evaluation()))
                .as("what the evaluation wrote stays")
                .contains("\"seed\": 1");
    }

    @Test
    void theTimesOnThePageAreTold() throws IOException, GateException {
        Files.copy(
                Path.of("..", "examples", "speedrun", "run.qwop"),
                run.bestRecording(),
                StandardCopyOption.REPLACE_EXISTING);
        certify(NudgedGame::same, Map.of());

        assertThat(notes.infos())
                .contains("best             6.50  10.33  13.83  17.27  20.77  24.40  27.97  31.40  34.90  38.20")
                .contains("human record     7.64  12.12  16.12  20.18  24.38  28.75  33.15  37.28  41.33  45.53");
        assertThat(written().get(0).getAsJsonObject().getAsJsonArray("splits")).hasSize(10);
    }

    /** It would certify recordings that are being replaced, and write into the evaluation that is being written. */
    @Test
    void itWaitsForNoEvaluationThatIsAtWork() throws IOException {
        FileChannel evaluation = run.lockEvaluation();
        try (evaluation) {
            assertThatThrownBy(() -> certify(NudgedGame::same, Map.of()))
                    .isInstanceOf(SettingException.class)
                    .hasMessageStartingWith("Another evaluation or certification is at work in " + run.path());
        }
    }

    @Test
    void theLastBitOfOneNumberFells() throws IOException {
        assertThatThrownBy(() -> certify(() -> new NudgedGame(11, LEFT_FOOT_VX, Math::nextUp), Map.of()))
                .isInstanceOf(GateException.class)
                .hasMessageMatching(
                        "The certification of 2 of 2 recordings fell\\. best: It differs from the twin, first"
                                + " at update 11, at \\d\\.\\d\\d m: vx of the left foot\\. Please report this with the lines"
                                + " above and the recording\\.");

        assertThat(notes.warnings())
                .hasSize(2)
                .last()
                .asString()
                .matches(
                        "median differs from the twin, first at update 11, at \\d\\.\\d\\d m: vx of the left foot is \\S+"
                                + " on the open page and \\S+ on the twin; 1 of 66 values differ there; .*\\.");
        assertThat(written()).hasSize(2).allSatisfy(one -> {
            JsonObject difference = one.getAsJsonObject().getAsJsonObject("difference");
            assertThat(difference.get("update").getAsLong()).isEqualTo(11);
            assertThat(difference.get("part").getAsString()).isEqualTo("left foot");
            assertThat(difference.get("value").getAsString()).isEqualTo("vx");
            assertThat(difference.get("here").getAsDouble())
                    .isEqualTo(Math.nextUp(difference.get("twin").getAsDouble()));
            assertThat(one.getAsJsonObject().get("updates").getAsLong())
                    .as("it is played to its end all the same")
                    .isGreaterThan(20);
        });
    }

    /** The page would end all episodes there: what is wrong is not the recording. */
    @Test
    void aPageThatLeadsElsewhereDiffersAndDoesNotBlameTheRecording() {
        assertThatThrownBy(() -> certify(() -> new NudgedGame(9, NudgedGame.SCORE + 2, ended -> 1), Map.of()))
                .isInstanceOf(GateException.class)
                .hasMessageContaining("It differs from the twin, first at update 9, ")
                .hasMessageContaining(": gameEnded of the game. ");
    }

    @Test
    void anAlteredRecordingFalls() throws IOException {
        Path best = run.bestRecording();
        Files.writeString(best, Files.readString(best).replaceFirst("distance: .*", "distance: 99.5"));

        assertThatThrownBy(() -> certify(NudgedGame::same, Map.of()))
                .isInstanceOf(GateException.class)
                .hasMessageStartingWith(
                        "The certification of best fell. The recording is altered: it says 99.5 m after")
                .hasMessageEndingWith("Evaluate again to record it anew.");
        assertThat(written().get(0).getAsJsonObject().get("altered").getAsString())
                .startsWith("The recording is altered");
    }

    @Test
    void allEpisodesAreCertifiedSideBySide() throws IOException, GateException {
        assertThat(certify(NudgedGame::same, Map.of("episodes", "all", "processes", "2")))
                .matches(
                        "Certified on the open page: 5 recordings, \\d{3} updates, every number equal to the twin's\\.");

        assertThat(notes.infos())
                .singleElement()
                .asString()
                .matches(
                        "Certifying 5 episodes, \\d{3} updates and those of their starts, on the open page, 2 at once: about \\d s\\.");
        assertThat(written())
                .extracting(one -> one.getAsJsonObject().get("recording").getAsString())
                .containsExactly("0001", "0002", "0003", "0004", "0005");
    }

    @Test
    void thoseThatDifferHaveALineEach() throws IOException {
        // Two of them are longer.
        assertThatThrownBy(() -> certify(() -> new NudgedGame(40, 0, Math::nextUp), Map.of("episodes", "all")))
                .isInstanceOf(GateException.class);

        assertThat(written())
                .filteredOn(one -> one.getAsJsonObject().has("difference"))
                .extracting(one -> one.getAsJsonObject().get("recording").getAsString())
                .containsExactly("0002", "0004");
        assertThat(notes.warnings()).hasSize(2);
        assertThat(notes.infos())
                .as("announcement, head, and a row for each of them")
                .hasSize(4);
    }

    @Test
    void someEpisodesAreTheFirstOnes() throws IOException, GateException {
        assertThat(certify(NudgedGame::same, Map.of("episodes", "3"))).contains(": 3 recordings, ");
        assertThat(written()).hasSize(3);
        assertThat(certify(NudgedGame::same, Map.of("episodes", "1"))).contains(": 1 recording, ");
        assertThat(certify(NudgedGame::same, Map.of("episodes", "All"))).contains(": 5 recordings, ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "episodes  | 0    | certify.episodes is 0: give all, or how many of the episodes that qwop:evaluate has",
                "episodes  | -3   | certify.episodes is -3: give all, or how many",
                "episodes  | some | certify.episodes is some: give all, or how many",
                "episodes  | 6    | certify.episodes is 6, and the last evaluation has kept 5: give at most that many",
                "processes | 0    | processes is 0: give 1 to 256",
                "game      | twin | game is twin, and the twin cannot certify itself: give page, or genuine",
                "game      | genuine | game is genuine and no folder is given",
            })
    void refusesWhatCannotBe(String name, String value, String message) {
        assertThatThrownBy(() -> certify(NudgedGame::same, Map.of(name, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesEpisodesAndARecordingAtOnce() {
        assertThatThrownBy(() -> certify(NudgedGame::same, Map.of("episodes", "all", "recording", "a.qwop")))
                .isInstanceOf(SettingException.class)
                .hasMessage("certify.episodes is all and recording is a.qwop: give one of the two, episodes of an"
                        + " evaluation or a file.");
    }

    @Test
    void refusesWhereNoEpisodesWereKept() throws IOException {
        String remedy = ": run qwop:evaluate with -Dqwop.evaluate.keepEpisodes=true first.";
        AtomicFile.write(run.evaluation(), "{\"recordings\": [\"best.qwop\"]}");
        assertThatThrownBy(() -> certify(NudgedGame::same, Map.of("episodes", "all")))
                .isInstanceOf(SettingException.class)
                .hasMessageEndingWith(remedy);

        Files.delete(run.evaluation());
        assertThatThrownBy(() -> certify(NudgedGame::same, Map.of("episodes", "2")))
                .isInstanceOf(SettingException.class)
                .hasMessageEndingWith(remedy);
    }

    @Test
    void refusesADamagedEvaluation() throws IOException {
        AtomicFile.write(run.evaluation(), "{\"recordings\": 5}");

        assertThatThrownBy(() -> certify(NudgedGame::same, Map.of("episodes", "all")))
                .isInstanceOf(SettingException.class)
                .hasMessageEndingWith("is not readable JSON: run qwop:evaluate again.");
    }
}
