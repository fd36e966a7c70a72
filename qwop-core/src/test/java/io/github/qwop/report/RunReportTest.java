package io.github.qwop.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.Game;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.game.web.Ghost;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The report on made-up runs. */
class RunReportTest {

    private static final String EVALUATION = """
            {"runId": "a", "policy": "best.zip", "steps": 2000, "game": "twin", "seed": 1,
             "trained": {"episodes": 3, "meanDistance": 40.5, "finishRate": 0.333, "meanFinishSeconds": 75.2},
             "random": {"episodes": 3, "meanDistance": 0.7, "finishRate": 0.0},
             "gates": [{"name": "minMeanDistance", "limit": 40.0, "value": 40.5, "passed": true},
                       {"name": "minFinishRate", "limit": 0.9, "value": 0.333, "passed": false}],
             "episodes": [{"distance": 1.0, "success": false}, {"distance": 20.5, "success": false},
                          {"distance": 100.0, "success": true}]}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A run whose distance doubles twice, once an hour. */
    private Path run(String name, String gamma) throws IOException {
        Path run = folder.resolve(name);
        new RunDirectory(run).begin(Map.of("runId", name, "totalTimesteps", "4000", "learner.gamma", gamma), Map.of());
        Files.writeString(run.resolve("metrics.jsonl"), """
                {"time/total_timesteps":1000,"time/time_elapsed":3600.0,"user/distance":10.0,"user/avgspeed":5.0}
                {"time/total_timesteps":2000,"time/time_elapsed":7200.0,"user/distance":20.0,"eval/distance":30.0,\
                "eval/best_score":30.0}
                {"time/total_timesteps":3000,"time/time_elapsed":10800.0,"user/distance":NaN,"train/loss":Infinity}
                {"time/total_timesteps":4000,"time/time_elapsed":14400.0,"user/distance":40.0,"eval/distance":12.0,\
                "eval/best_score":30.0}
                {"time/total_timesteps":5000,"time/tim""");
        return run;
    }

    private Document body(Path run, Path... compared) throws IOException {
        return Markup.parse("<div>" + RunReport.read(run, List.of(compared)).content() + "</div>");
    }

    private static Element chart(Document body, String label) {
        return Markup.withClass(body, "svg", "chart").stream()
                .filter(svg -> svg.getAttribute("aria-label").startsWith(label + ". "))
                .findFirst()
                .orElseThrow();
    }

    private static String smooth(Element svg, int index) {
        return ((Element) svg.getElementsByTagName("polyline").item(index)).getAttribute("points");
    }

    @Test
    void curvesAreDrawnOverStepsAndOverWallTime() throws IOException {
        Document body = body(run("a", "0.9"));
        // x: 46 to 370 for 0 to 4000 steps; y: 176 to 20 for 0 to 40 m.
        assertThat(smooth(chart(body, "Distance"), 0)).isEqualTo("127,137 208,98 370,20");
        List<Element> both = Markup.withClass(body, "svg", "chart").stream()
                .filter(svg -> svg.getAttribute("aria-label").startsWith("Distance. "))
                .toList();
        assertThat(both)
                .extracting(svg -> svg.getAttribute("data-x"))
                .containsExactly("environment steps", "hours of training");
        assertThat(smooth(both.get(1), 0)).isEqualTo("127,137 208,98 370,20");
        // qwop-gym's speed is ten times real metres per second.
        assertThat(chart(body, "Speed").getAttribute("aria-label")).contains("0.5 m/s");
        assertThat(Markup.withClass(body, "circle", "dot"))
                .anySatisfy(dot -> assertThat(dot.getTextContent()).isEqualTo("best checkpoint: 30.0 m"));
    }

    @Test
    void whatALearnerTellsOfItselfHasAChart() throws IOException {
        Path run = folder.resolve("ppo");
        new RunDirectory(run).begin(Map.of("runId", "ppo", "algorithm", "ppo"), Map.of());
        Files.writeString(run.resolve("metrics.jsonl"), """
                {"time/total_timesteps":1000,"time/time_elapsed":60.0,"train/approx_kl":0.01,"train/q_value":3.0}
                {"time/total_timesteps":2000,"time/time_elapsed":120.0,"train/approx_kl":0.02,"train/q_value":4.0}
                """);
        Document body = body(run);
        assertThat(smooth(chart(body, "Change of the policy"), 0)).isEqualTo("208,98 370,20");
        assertThat(Markup.withClass(body, "svg", "chart"))
                .as("figures of another learner")
                .noneMatch(svg -> svg.getAttribute("aria-label").startsWith("Value. "));
    }

    @Test
    void whatIsMissingIsSaidToBeMissing() throws IOException {
        Path run = folder.resolve("empty");
        new RunDirectory(run).begin(Map.of("runId", "empty"), Map.of());
        String text = body(run).getDocumentElement().getTextContent();
        assertThat(text)
                .contains("There are no metrics yet")
                .contains("run qwop:evaluate")
                .contains("No recording lies in the run's folder")
                .contains("It saw no collapse");
        assertThat(body(run("a", "0.9")).getDocumentElement().getTextContent())
                .contains("Not in the metrics: ")
                .contains("Reward (rollout/ep_rew_mean)");
    }

    @Test
    void whatIsDamagedIsSaidToBeDamaged() throws IOException {
        Path run = run("a", "0.9");
        RunDirectory directory = new RunDirectory(run);
        byte[] noText = {(byte) 0xff, (byte) 0xfe, '\n'};
        Files.write(run.resolve("metrics.jsonl"), noText, StandardOpenOption.APPEND);
        Files.write(directory.events(), noText);
        Files.write(directory.spec(), noText);
        Files.writeString(directory.evaluation(), EVALUATION.substring(0, 100));
        Files.createDirectories(directory.recordings());
        Files.write(directory.bestRecording(), noText);
        Document body = body(run, run("b", "0.9"));
        assertThat(chart(body, "Distance").getElementsByTagName("polyline").getLength())
                .isEqualTo(4);
        assertThat(body.getDocumentElement().getTextContent())
                .contains("The evaluation in the run's folder is unreadable: run qwop:evaluate again.")
                .contains("The best episode cannot be shown. The recording " + directory.bestRecording());

        Files.writeString(
                directory.bestRecording(),
                "qwop-recording 1\nframesPerStep: 0\nactionSet: reduced\nstartNoise: none\nrandom: "
                        + Recording.NO_RANDOM + "\ndistance: 1\nscoreTime: 1\nsuccess: false\n\nQ\n");
        assertThat(body(run).getDocumentElement().getTextContent())
                .contains(directory.bestRecording() + " cannot be used: ")
                .contains("framesPerStep is 0");
    }

    @Test
    void aFinishIsTakenForASuccessOnlyWhereNothingElseIsTold() throws IOException {
        Path old = Files.createDirectories(folder.resolve("old"));
        Files.writeString(old.resolve("evaluation.json"), EVALUATION);
        String metrics = "{\"time/total_timesteps\":1000,\"user/is_success\":0.25%s}\n";
        Files.writeString(old.resolve("metrics.jsonl"), String.format(metrics, ""));
        Path now = Files.createDirectories(folder.resolve("now"));
        Files.writeString(
                now.resolve("evaluation.json"),
                EVALUATION.replaceAll("\"success\": (true|false)", "\"finished\": true, $0"));
        Files.writeString(now.resolve("metrics.jsonl"), String.format(metrics, ",\"user/finished\":0.5"));

        assertThat(Markup.withClass(body(old), "svg", "histogram").get(0).getAttribute("aria-label"))
                .contains(", 1 finished;")
                .doesNotContain("0 to 5: 1, 1 finished;");
        assertThat(Markup.withClass(body(now), "svg", "histogram").get(0).getAttribute("aria-label"))
                .contains("0 to 5: 1, 1 finished;");
        assertThat(chart(body(old), "Finish rate").getAttribute("aria-label")).contains("25");
        assertThat(chart(body(now), "Finish rate").getAttribute("aria-label")).contains("50");
    }

    @Test
    void runsOfOneNameAreToldApartByTheirFolders() throws IOException {
        Document body = body(run("x/same", "0.9"), run("y/same", "0.9"), run("y/other", "0.9"), run("x/same", "0.9"));
        assertThat(Markup.withClass(body, "ul", "legend").get(0).getTextContent())
                .isEqualTo("x/samey/sameotherx/same");
    }

    @Test
    void aPolicyFromElsewhereHasNoTrainingToTellOf() throws IOException {
        Path run = Files.createDirectories(folder.resolve("judged"));
        Files.writeString(run.resolve("evaluation.json"), EVALUATION);
        assertThat(body(run).getDocumentElement().getTextContent())
                .contains("minFinishRate")
                .doesNotContain("environment steps")
                .doesNotContain("Learning curves")
                .doesNotContain("spec.json");
    }

    @Test
    void whatIsCertifiedIsToldFromWhatIsNot() throws IOException {
        String equal = "{\"recording\": \"best\", \"game\": \"page\", \"updates\": 1200, \"largestDifference\": 0.0}";
        assertThat(certified(equal, equal.replace("best", "median")))
                .contains("Certified: the best episode, 1,200 updates on the page, largest difference 0.0.")
                .contains("Certified: the median episode, 1,200 updates");
        assertThat(certified(
                        equal,
                        equal,
                        equal,
                        "{\"recording\": \"0004\", \"game\": \"genuine\", \"updates\": 1300, \"largestDifference\": 2.5,"
                                + " \"difference\": {\"update\": 1054, \"distance\": 90.7}}",
                        "{\"recording\": \"0005\", \"game\": \"genuine\", \"altered\": \"It is altered.\"}"))
                .contains("Certified: 3 episodes, 3,600 updates on the page.")
                .contains(
                        "Not certified: the 0004 episode. On the genuine it differs from the twin from update 1,054 on,"
                                + " at 90.70 m.")
                .contains("Not certified: the 0005 episode. It is altered.");
    }

    private String certified(String... results) throws IOException {
        Path run = Files.createDirectories(folder.resolve("certified"));
        Files.writeString(
                run.resolve("evaluation.json"),
                EVALUATION.strip().replaceFirst("}$", ", \"certification\": [" + String.join(", ", results) + "]}"));
        return body(run).getDocumentElement().getTextContent();
    }

    @Test
    void noRunIsAnErrorThatNamesTheRemedy() {
        assertThatThrownBy(() -> RunReport.read(folder.resolve("nowhere"), List.of()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("nowhere: run qwop:train, qwop:evaluate or qwop:search first");
    }

    @Test
    void tooManyRunsAreRefused() throws IOException {
        Path run = run("a", "0.9");
        assertThatThrownBy(() -> RunReport.read(run, List.of(run, run, run, run, run, run)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("compare names 6 runs: give at most 5");
    }

    @Test
    void runsStandBesideEachOther() throws IOException {
        Document body = body(run("a", "0.9"), run("b", "0.99"));
        assertThat(chart(body, "Distance").getElementsByTagName("polyline").getLength())
                .isEqualTo(4);
        assertThat(Markup.withClass(body, "ul", "legend").get(0).getTextContent())
                .isEqualTo("ab");
        assertThat(Markup.withClass(body, "tr", "differs"))
                .extracting(Element::getTextContent)
                .containsExactlyInAnyOrder("runIdab", "gamma0.90.99");
    }

    @Test
    void theGuardsDeedsAreMarkedAndListed() throws IOException {
        Path run = run("a", "0.9");
        Files.writeString(new RunDirectory(run).events(), """
                {"steps":3000,"action":"rollback","seen":"fell to <2 m","done":"rolled back"}
                """);
        Document body = body(run);
        Element mark =
                (Element) chart(body, "Distance").getElementsByTagName("g").item(0);
        assertThat(mark.getTextContent()).isEqualTo("collapse guard: fell to <2 m; rolled back");
        assertThat(((Element) mark.getElementsByTagName("line").item(0)).getAttribute("x1"))
                .isEqualTo("289");
        assertThat(body.getDocumentElement().getTextContent()).contains("3,000fell to <2 mrolled back");
    }

    @Test
    void theEvaluationIsCountedAndItsGatesAreTold() throws IOException {
        Path run = run("a", "0.9");
        Files.writeString(new RunDirectory(run).evaluation(), EVALUATION);
        Document body = body(run);
        assertThat(Markup.withClass(body, "rect", "bar")).hasSize(3);
        assertThat(Markup.withClass(body, "rect", "special")).hasSize(1);
        assertThat(Markup.withClass(body, "td", "holds")).hasSize(1);
        assertThat(Markup.withClass(body, "td", "fell")).hasSize(1);
        assertThat(body.getDocumentElement().getTextContent())
                .contains(
                        "mean 40.50 m", "median 20.50 m", "75.2 s", "minFinishRate90 %33 %", "fastest finish, play––");
    }

    @Test
    void theBestEpisodeIsDrawnAndPlayed() throws IOException {
        Path run = run("a", "0.9");
        EnvSpec spec = new EnvSpec(4, ActionSet.parse("reduced"), false, 30, 0, 0, 0, EnvSpec.DEFAULT.startNoise());
        try (Game twin = new Twin()) {
            QwopEnv env = new QwopEnv(spec, twin, RewardShaper.NONE, RandomStream.of(1, "report"));
            env.reset();
            while (!env.terminated() && !env.truncated()) {
                env.step(1 + (int) (twin.scoreTime() * 3) % 4);
            }
            Files.createDirectories(new RunDirectory(run).recordings());
            Files.writeString(new RunDirectory(run).bestRecording(), RecordingFormat.write(env.recording()));
        }
        Document body = body(run);
        List<Element> strips = Markup.withClass(body, "svg", "strip");
        // On a screen, in one row on paper, and closely.
        assertThat(strips).hasSize(3);
        // One head a figure: some over the whole way, of which little was run, one every 4 of 60 updates closely.
        assertThat(strips.get(0).getElementsByTagName("circle").getLength()).isGreaterThanOrEqualTo(5);
        assertThat(strips.get(1).getElementsByTagName("circle").getLength())
                .as("on paper no figure is left out")
                .isEqualTo(strips.get(0).getElementsByTagName("circle").getLength());
        assertThat(strips.get(2).getElementsByTagName("circle").getLength()).isEqualTo(16);
        assertThat(Markup.withClass(body, "path", "held"))
                .as("on a screen and on paper")
                .hasSize(8);
        String player = ((Element) body.getElementsByTagName("iframe").item(0)).getAttribute("srcdoc");
        assertThat(player).startsWith("<!DOCTYPE html>").contains("window.qwopReplayPlaying = false;");

        Files.writeString(new RunDirectory(run).bestRecording(), "altered");
        assertThat(body(run).getDocumentElement().getTextContent()).contains("The best episode cannot be shown.");
    }

    private static final String SENSITIVITY = """
            {"format": 1, "points": [
               {"setting": "keyDelay", "value": 0.0, "episodes": 100, "finishRate": 0.97, "meanFinishSeconds": 58.1,
                "bestFinishSeconds": 54.3, "meanDistance": 98.0},
               {"setting": "keyDelay", "value": 2.0, "episodes": 100, "finishRate": 0.31, "meanFinishSeconds": 70.0,
                "bestFinishSeconds": 66.0, "meanDistance": 60.5},
               {"setting": "keyJitter", "value": 1.0, "episodes": 100, "finishRate": 0.8, "meanDistance": 90.0},
               {"setting": "dropped", "value": 0.05, "episodes": 100, "finishRate": 0.0, "meanDistance": 20.0},
               {"setting": "dropped", "value": "many"}],
             "slips": {"episodes": 99, "finishRate": 0.97, "finishRateSlipped": 0.9,
                "gaps": [{"seconds": 0.1, "episodes": 99, "median": 0.01, "high": 0.05},
                         {"seconds": 5.1, "episodes": 90, "median": 1.5, "high": 4.0}]}}
            """;

    @Test
    void whatIsLeftWhereKeysFailIsDrawn() throws IOException {
        Path run = Files.createDirectories(folder.resolve("shaken"));
        Files.writeString(new RunDirectory(run).sensitivity(), SENSITIVITY);
        Document body = body(run);
        assertThat(body.getDocumentElement().getTextContent())
                .contains("Sensitivity", "keys at once97 %58.1 s54.3 s98.0 m", "2 updates late31 %")
                .contains("up to 1 update uneven80 %––90.0 m", "5 % of decisions lost0 %")
                .contains("with it 90 % of 99 episodes finish, without it 97 %", "100 episodes a row. The same starts")
                .doesNotContain("many");
        assertThat(chart(body, "Share of finished episodes over delay and jitter of the keys")
                        .getAttribute("aria-label"))
                .contains("delay: 97 % at the beginning, 31 % at 2 updates")
                .contains("jitter, ±: 97 % at the beginning, 80 % at 1 updates");
        assertThat(chart(body, "Metres between play with and without a slip").getAttribute("aria-label"))
                .contains("median: 0.01 m at the beginning, 1.5 m at 5.1 seconds since the slip");
        assertThat(RunReport.read(run, List.of()).markdown())
                .contains("| 2 updates late | 31 % | 70.0 s | 66.0 s | 60.5 m |");

        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(new RunDirectory(other).sensitivity(), SENSITIVITY.replace("0.31", "0.5"));
        assertThat(chart(body(run, other), "Share of finished episodes over the delay of keys, by run")
                        .getAttribute("aria-label"))
                .contains("shaken: 97 % at the beginning, 31 % at 2 updates")
                .contains("other: 97 % at the beginning, 50 % at 2 updates");

        Files.writeString(new RunDirectory(run).sensitivity(), "{\"points\": 7, \"slips\": []}");
        assertThat(body(run).getDocumentElement().getTextContent()).doesNotContain("Sensitivity");
    }

    /** The committed run of the search, whose splits the page of results has. */
    private static final Path COMMITTED = Path.of("..", "examples", "speedrun", "run.qwop");

    private static final String SEARCH = """
            {"format": 1, "settings": {"objective": "time", "width": "9", "horizon": "40", "gate.maxSeconds": "41.0"},
             "starts": [
               {"name": "noisy-2", "reached": true, "seconds": 42.5, "metres": 99.0, "recording": "noisy-2.qwop"},
               {"name": "canonical", "reached": true, "seconds": 40.967, "metres": 99.27, "recording": "canonical.qwop",
                "found": [{"pass": 0, "seconds": 43.0, "branchedOffAt": 0.03},
                          {"pass": 1, "seconds": 42.0, "branchedOffAt": 30.0},
                          {"pass": 1, "seconds": 40.967, "branchedOffAt": 20.5}],
                "passes": [
                  {"width": 9, "horizon": 40, "framesPerDecision": 4, "improvesFrom": -1,
                   "clock": [10.0, 20.0], "bestMetres": [19.0, 45.0], "spreadMetres": [1.0, 2.0], "beam": [9, 9],
                   "ancestors": [3, 2], "fallen": [8, 27], "fallenMetres": [null, null]},
                  {"width": 18, "horizon": 50, "framesPerDecision": 4, "improvesFrom": 299,
                   "clock": [10.0, 20.0, 30.0], "bestMetres": [19.5, 46.0, 70.0], "spreadMetres": [0.5, 1.0, 1.5],
                   "beam": [9, 18, 18], "ancestors": [1, 2, 4], "fallen": [1, 2, 3],
                   "fallenMetres": [20.0, null, 70.5]}]}]}
            """;

    private Path searched(String name, String search) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        RunDirectory directory = new RunDirectory(run);
        Files.writeString(directory.searchFile(), search);
        Files.createDirectories(directory.search());
        Files.copy(COMMITTED, directory.search().resolve("canonical.qwop"));
        return run;
    }

    @Test
    void aFolderWithOnlyASearchIsDrawn() throws IOException {
        Document body = body(searched("found", SEARCH));
        String text = body.getDocumentElement().getTextContent();
        assertThat(text)
                .contains("reached from 2 of 2 starts", "40.97 sfound by the search to the finish")
                .doesNotContain("qwop:evaluate", "Learning curves", "spec.json");
        // The slowest of the starts is held against the gate.
        assertThat(text).contains("✗ The gate fell").contains("search: maxSeconds41.00 s42.50 s");
        Element places = chart(body, "Survivors and fallen");
        assertThat(places.getAttribute("aria-label"))
                .contains("pass 1: 19 m at the beginning, 45 m at 20")
                .contains("pass 2: 19.5 m at the beginning, 70 m at 30")
                .contains("fallen: 20 m at the beginning, 70.5 m at 30")
                .contains("winner: ");
        assertThat(Markup.withClass(places, "polygon", "band")).hasSize(2);
        // The second of those found left the best run at 30 s, which the third left at 20.5 s already.
        assertThat(Markup.withClass(places, "circle", "dot"))
                .extracting(Element::getTextContent)
                .containsExactly("pass 2 left the run of 42.00 s at 20.50 s and found 40.97 s");
        // 27 of the 81 children of nine states.
        assertThat(chart(body, "Fallen").getAttribute("aria-label")).contains("pass 1: 33.3 % at the beginning");
        assertThat(chart(body, "Ancestors").getAttribute("aria-label")).contains("highest 4 at 30");
        assertThat(chart(body, "Beside the human record").getAttribute("aria-label"))
                // It was 20 m far after 12.12 s, and so at 15.27 m after 10.
                .contains("pass 1: 3.73 m at the beginning");
        assertThat(body.getElementsByTagName("iframe").getLength()).isEqualTo(1);
    }

    @Test
    void aSearchSaysWhereTo() throws IOException {
        String split = SEARCH.replace("\"time\"", "\"split:10\"");
        assertThat(body(searched("split", split)).getDocumentElement().getTextContent())
                .contains("40.97 sfound by the search to 10 mfrom the start canonical");
        assertThat(body(searched("away", split.replace("true", "false")))
                        .getDocumentElement()
                        .getTextContent())
                .contains("99.3 mis how far the search came on the way to 10 mfrom the start canonical");
        assertThat(body(searched("untold", split.replace("split:10", "split:far")))
                        .getDocumentElement()
                        .getTextContent())
                .contains("40.97 sfound by the searchfrom the start");
        assertThat(LoggedRun.read("split", folder.resolve("split")).facts())
                .contains(new LoggedRun.Fact("search", List.of("40.97 s to 10 m, from the start canonical")));
    }

    /** As the search of {@code examples/speedrun} ends when it only plays the committed run again. */
    @Test
    void aSearchOfOneLevelIsDrawn() throws IOException {
        Document body = body(searched("brief", """
                {"format": 1, "settings": {"objective": "time"}, "starts": [
                   {"name": "canonical", "reached": true, "seconds": 38.2, "metres": 100.0, "recording": "canonical.qwop",
                    "found": [{"pass": 7, "seconds": 38.2, "branchedOffAt": 0.1}],
                    "passes": [
                      {"width": 9, "horizon": 40, "framesPerDecision": 4, "improvesFrom": 1000, "clock": [0.1],
                       "bestMetres": [0.4], "spreadMetres": [0.1], "beam": [5], "ancestors": [1], "fallen": [2],
                       "fallenMetres": [null]}]}]}
                """));
        assertThat(body.getDocumentElement().getTextContent()).contains("38.20 sfound by the search");
        assertThat(chart(body, "Survivors and fallen").getAttribute("aria-label"))
                .contains("pass 1: 0.4 m at the beginning");
    }

    @Test
    void aDamagedSearchIsLeftOutAndSaidToBe() throws IOException {
        Path run = run("a", "0.9");
        Files.writeString(new RunDirectory(run).searchFile(), SEARCH.substring(0, 200));
        assertThat(body(run).getDocumentElement().getTextContent())
                .contains("Left out of a: search.json is unreadable: run qwop:search again.");
        assertThat(RunReport.read(run, List.of()).remarks())
                .contains("Left out of a: search.json is unreadable: run qwop:search again.");
    }

    @Test
    void aGhostWithNobodyToRaceIsSaid() throws IOException {
        Path run = run("a", "0.9");
        Ghost ghost = new Ghost("rival", new byte[] {1, 1, 1}, Trigonometry.FDLIBM);
        RunReport report = RunReport.read(run, List.of(), ghost);
        String told =
                "The ghost, rival, runs beside nobody, because the run has no episode to show: run qwop:evaluate or"
                        + " qwop:search first.";
        assertThat(report.remarks())
                .containsExactly("Left out of a: metrics.jsonl: 1 of its lines could not be read.", told);
        assertThat(report.page()).contains(told);
    }

    @Test
    void eachDigestSaysWhoseItIs() throws IOException {
        Path run = run("a", "0.9");
        Files.writeString(new RunDirectory(run).evaluation(), """
                {"provenance": {"date": "2026-01-01T00:00:00Z", "settings": "abc"}}
                """);
        assertThat(body(run).getDocumentElement().getTextContent())
                .contains("digest of the training's settings: ")
                .contains("digest of the evaluation's settings: abc.");
    }

    @Test
    void aSearchOfAnEarlierVersionIsDrawnAsFarAsItTells() throws IOException {
        String former = SEARCH.replaceAll("(?s)\"found\": \\[.*?\\],\\s*\"passes\"", "\"passes\"")
                .replaceAll(", \\s*\"fallenMetres\": \\[[^]]*\\]", "")
                .replaceAll(",\\s*\"fallenMetres\": \\[[^]]*\\]", "");
        assertThat(former).doesNotContain("fallenMetres", "found");
        Document body = body(searched("former", former));
        assertThat(body.getDocumentElement().getTextContent()).contains("Where the fallen were is not told");
        assertThat(Markup.withClass(chart(body, "Survivors and fallen"), "circle", "dot"))
                .isEmpty();
        for (String damaged :
                List.of("{", "{}", "{\"starts\": [{}]}", "{\"starts\": [{\"passes\": [{\"clock\": 1}]}]}")) {
            Files.writeString(new RunDirectory(folder.resolve("former")).searchFile(), damaged);
            assertThat(body(folder.resolve("former")).getDocumentElement().getTextContent())
                    .as(damaged)
                    .contains("Verdict");
        }
    }

    @Test
    void timesStandBesideTheHumanRecord() throws IOException {
        Document body = body(searched("found", SEARCH));
        assertThat(body.getDocumentElement().getTextContent())
                .contains("10 m6.507.64+1.14", "90 m34.9041.33+6.43", "finish38.2045.53+7.33");
        assertThat(chart(body, "Ahead of the human record").getAttribute("aria-label"))
                .contains("found by search: 0 s at the beginning, 7.33 s at 100 metres")
                .contains("human record: 0 s at the beginning, 0 s at 100");
    }

    @Test
    void anEvaluationTellsItsMeansAndBestSegments() throws IOException {
        Path run = run("a", "0.9");
        Files.writeString(
                new RunDirectory(run).evaluation(),
                EVALUATION
                        .strip()
                        .replaceFirst(
                                "}$",
                                ", \"splits\": {\"best segments\": [8.0, 13.5],"
                                        + " \"finished, mean\": [], \"human record\": [7.64]}}"));
        assertThat(body(run).getDocumentElement().getTextContent())
                .contains("10 m8.007.64-0.36", "30 m–16.12–")
                .contains("best segments");
    }

    @Test
    void theVerdictStandsFirstWithTheBaseline() throws IOException {
        Path run = run("a", "0.9");
        Files.writeString(
                new RunDirectory(run).evaluation(),
                EVALUATION
                        .strip()
                        .replaceFirst(
                                "}$",
                                ", \"baseline\": {\"runId\": \"former\", \"meanDistance\": 41.0,"
                                        + " \"difference\": -0.5, \"low\": -1.25, \"high\": 0.25, \"paired\": true,"
                                        + " \"finishRate\": 0.5}}"));
        String text = body(run).getDocumentElement().getTextContent();
        String sentence = "Against the baseline of former, mean distance 41.00 m: -0.50 m, 95 % interval -1.25 to"
                + " +0.25 m, start by start; finished 50 %, now 33 %.";
        assertThat(text).contains("✗ 1 of 2 gates fell").contains(sentence);
        assertThat(text.indexOf("gates fell")).isLessThan(text.indexOf("environment steps"));
        assertThat(text.indexOf("Replay")).isLessThan(text.indexOf("Learning curves"));
        assertThat(RunReport.read(run, List.of()).markdown())
                .startsWith("### QWOP run a: 1 of 2 gates fell\n\n| gate | limit | reached |  |\n")
                .contains("| minMeanDistance | 40.00 m | 40.50 m | ✓ holds |")
                .contains("| minFinishRate | 90 % | 33 % | **✗ fell** |")
                .contains(sentence)
                .contains("| trained | 3 | 40.50 m | – | 33 % | – | 75.2 s | – |")
                .contains("Trained ");
    }

    @Test
    void comparedRunsHaveTilesEvaluationAndGaitToo() throws IOException {
        Path a = run("a", "0.9");
        Path b = run("b", "0.99");
        for (Path run : List.of(a, b)) {
            RunDirectory directory = new RunDirectory(run);
            Files.writeString(directory.evaluation(), EVALUATION);
            Files.createDirectories(directory.recordings());
            Files.copy(COMMITTED, directory.bestRecording());
        }
        Document body = body(a, b);
        assertThat(Markup.withClass(body, "div", "tiles")).hasSize(2);
        assertThat(Markup.withClass(body, "svg", "histogram")).hasSize(2);
        assertThat(Markup.withClass(body, "svg", "keys"))
                .as("each in one piece on a screen, and in two rows on paper")
                .hasSize(6);
        assertThat(Markup.withClass(body, "p", "verdict")).hasSize(2);
        assertThat(RunReport.read(a, List.of(b)).markdown())
                .contains("### QWOP run a: ", "### QWOP run b: ", "| b, best | 6.50 | 10.33 |");
    }

    @Test
    void nothingHasNoSign() {
        assertThat(Figures.of(-0.04, 1, "m")).isEqualTo("0.0 m");
        assertThat(Figures.of(-0.06, 1, "m")).isEqualTo("-0.1 m");
        assertThat(Figures.of(Double.NaN, 1, "m")).isEqualTo("–");
        assertThat(Figures.signed(1234.5, 1, "m")).isEqualTo("+1,234.5 m");
        assertThat(Figures.signed(-0.001, 2, "")).isEqualTo("0.00");
        assertThat(Figures.signed(0.001, 2, "s")).isEqualTo("0.00 s");
        assertThat(Figures.signed(Double.NaN, 2, "s")).isEqualTo("–");
    }

    /** A word may be broken where it is too long, and a figure never. */
    @Test
    void figuresStayInOnePiece() throws IOException {
        Path run = folder.resolve("words");
        new RunDirectory(run).begin(Map.of("runId", "words", "learner.rate", "0.00025"), Map.of());
        Document body = body(run);
        assertThat(Markup.withClass(body, "td", "words"))
                .extracting(Element::getTextContent)
                .contains("words")
                .doesNotContain("0.00025");
    }

    @Test
    void namesAreEscaped() throws IOException {
        Path run = run("<b>&'", "<script>");
        RunReport report = RunReport.read(run, List.of());
        assertThat(report.page())
                .contains("<title>QWOP run &lt;b&gt;&amp;&#39;</title>")
                .doesNotContain("<b>&'")
                .contains("&lt;script&gt;");
        assertThat(body(run).getDocumentElement().getTextContent())
                .contains("<b>&'")
                .contains("gamma<script>");
    }

    @Test
    void thePageNeedsNoNetwork() throws IOException {
        String page = RunReport.read(run("a", "0.9"), List.of()).page();
        assertThat(page.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http://", "https://", "src=", "@import");
        assertThat(page).doesNotContain("@report@", "@style@", "@script@", "@title@");
    }
}
