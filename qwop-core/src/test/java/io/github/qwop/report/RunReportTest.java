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
import io.github.qwop.game.twin.Twin;
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
        return Markup.parse(
                "<div>" + Html.text(RunReport.read(run, List.of(compared)).sections()) + "</div>");
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
                .hasMessageContaining("nowhere: run qwop:train or qwop:evaluate first");
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
                .contains("mean 40.5 m", "median 20.5 m", "75.2 s", "minFinishRate90 %33 %", "fastest finish, play––");
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
        assertThat(strips).hasSize(2);
        // One head a figure: at least eight over the whole way, one every 4 of 60 updates closely.
        assertThat(strips.get(0).getElementsByTagName("circle").getLength()).isGreaterThanOrEqualTo(8);
        assertThat(strips.get(1).getElementsByTagName("circle").getLength()).isEqualTo(16);
        assertThat(Markup.withClass(body, "path", "held")).hasSize(4);
        String player = ((Element) body.getElementsByTagName("iframe").item(0)).getAttribute("srcdoc");
        assertThat(player).startsWith("<!DOCTYPE html>").contains("window.qwopReplayPlaying = false;");

        Files.writeString(new RunDirectory(run).bestRecording(), "altered");
        assertThat(body(run).getDocumentElement().getTextContent()).contains("The best episode cannot be shown.");
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
