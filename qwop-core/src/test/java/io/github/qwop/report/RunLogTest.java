package io.github.qwop.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.checkpoint.CheckpointWriter;
import io.github.qwop.run.study.Objective;
import io.github.qwop.run.study.StudyFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The practitioner's log, whose settings are those of the examples and whose outcomes are made up. */
class RunLogTest {

    private static final List<String> LOG =
            List.of("run0", "run1-test", "run1-stable", "run2-stage1", "run2-stage2", "run3-ppo");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private int begun;

    /** The settings of an example's POM. */
    private static Map<String, String> example(String name) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("..", "examples", name, "pom.xml").toFile());
        Map<String, String> settings = new HashMap<>();
        read(pom.getElementsByTagName("configuration").item(0), "", settings);
        settings.put("runId", name);
        return settings;
    }

    private static void read(Node parent, String prefix, Map<String, String> settings) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                if (element.getElementsByTagName("*").getLength() > 0) {
                    read(element, element.getTagName() + ".", settings);
                } else {
                    settings.put(
                            prefix + element.getTagName(),
                            element.getTextContent().strip());
                }
            }
        }
    }

    /** Begins an example's run, a minute after the one before. */
    private RunDirectory begin(Path directory, String name, String... own) throws Exception {
        Map<String, String> settings = example(name);
        for (int i = 0; i < own.length; i += 2) {
            settings.put(own[i], own[i + 1]);
        }
        RunDirectory run = new RunDirectory(directory.resolve(name));
        run.begin(RunSpec.of(settings).settings(), Map.of());
        Files.writeString(
                run.spec(),
                Files.readString(run.spec())
                        .replaceFirst(
                                "\"date\": \"[^\"]*\"", "\"date\": \"2026-01-01T00:" + (10 + begun++) + ":00Z\""));
        Files.writeString(run.path().resolve("metrics.jsonl"), """
                {"time/total_timesteps":1000,"time/time_elapsed":3600.0,"eval/distance":10.0,"eval/best_score":11.0}
                {"time/total_timesteps":6860000,"time/time_elapsed":7200.0,"eval/distance":41.2,"eval/best_score":43.0}
                {"time/total_timesteps":7000000,"time/time_elapsed":14400.0,"eval/distance":2.1,"eval/best_score":43.0}
                """);
        network(run.best());
        return run;
    }

    private static void network(Path file) throws IOException {
        try (CheckpointWriter writer = new CheckpointWriter(file)) {
            writer.finish("any", 1, Map.of());
        }
    }

    private static void event(RunDirectory run, long steps, String done) throws IOException {
        String line =
                "{\"steps\":" + steps + ",\"seen\":\"the mean distance fell to 2.10 m\",\"done\":\"" + done + "\"}\n";
        String before = Files.exists(run.events()) ? Files.readString(run.events()) : "";
        Files.writeString(run.events(), before + line);
    }

    /** All six, beside one another. */
    private void log() throws Exception {
        RunDirectory run0 = begin(folder, "run0");
        network(run0.model());
        event(run0, 7_000_000, "training stops, the best checkpoint is the run's result");
        String checkpoint = run0.checkpoint(5_120_000).toString();
        network(begin(folder, "run1-test", "modelLoadFile", checkpoint).model());
        RunDirectory stable = begin(folder, "run1-stable", "modelLoadFile", checkpoint);
        network(stable.model());
        event(stable, 12_000_000, "rolled back to the best at 6,860,000 steps");
        event(stable, 13_000_000, "rolled back to the best at 6,860,000 steps");
        RunDirectory stage1 = begin(folder, "run2-stage1");
        network(stage1.model());
        begin(folder, "run2-stage2", "modelLoadFile", stage1.best().toString());
        RunDirectory ppo = begin(folder, "run3-ppo");
        network(ppo.model());
        event(ppo, 9_000_000, "training goes on; guard.action=rollback would return to the best");
        Files.writeString(ppo.evaluation(), """
                {"trained": {"episodes": 50, "meanDistance": 91.92, "finishRate": 0.9, "meanFinishSeconds": 114.1,
                             "bestFinishSeconds": 80.25},
                 "gates": [{"name": "minMeanDistance", "limit": 80, "value": 91.92, "passed": true}],
                 "splits": {"best": [7.2, 12.9, 20.0], "human record": [1.0]}}
                """);
    }

    private static String entry(String markdown, String name) {
        String rest = markdown.substring(markdown.indexOf("\n## " + name + "\n"));
        int end = rest.indexOf("\n## ", 1);
        return end < 0 ? rest : rest.substring(0, end);
    }

    @Test
    void everyRunOfTheLogHasItsEntry() throws Exception {
        log();
        RunLog log = RunLog.read(folder, List.of());
        String markdown = log.markdown();

        assertThat(log.size()).isEqualTo(6);
        assertThat(entry(markdown, "run0"))
                .contains(
                        "- **status**: collapsed at 7,000,000 steps, 2026-01-01 00:10:00 UTC",
                        "- **took**: 4.0 h for 7,000,000 of 32,000,000 steps, 486 steps/s",
                        "- **peak**: 41.20 m in the mean at 6,860,000 steps; at last 2.10 m",
                        "- **best checkpoint**: best.zip, of 6,860,000 steps: 41.20 m in the mean",
                        "- **unlike the defaults**: totalTimesteps 1000000 -> 32000000; ",
                        "- **the guard saw**: at 7,000,000 steps: the mean distance fell to 2.10 m; training stops,")
                .doesNotContain("went on from");
        assertThat(entry(markdown, "run1-test"))
                .contains("- **status**: finished, 2026", "- **went on from**: run0, model_5120000_steps.zip")
                .contains("- **unlike run0**: totalTimesteps 32000000 -> 2000000; ")
                .contains("learner.targetUpdateInterval 512 -> 2048", "- **the guard saw**: no collapse")
                .doesNotContain("learner.gamma");
        assertThat(entry(markdown, "run1-stable")).contains("- **status**: finished, rolled back 2 times, ");
        assertThat(entry(markdown, "run2-stage2"))
                .contains("- **status**: stopped at 7,000,000 steps, ", "- **went on from**: run2-stage1, best.zip")
                .contains("environment.failureCost 10.0 -> 5.0");
        assertThat(entry(markdown, "run3-ppo"))
                .contains("- **status**: finished, a collapse seen once, ")
                .contains("- **evaluation**: 91.92 m in the mean of 50 episodes, 90 % finished, in 114.1 s of play, the"
                        + " fastest in 80.3 s; The gate holds")
                .contains("- **splits, best**: 10 m 7.20, 20 m 12.90, 30 m 20.00");
    }

    @Test
    void theTreeShowsWhichWentOnFromWhich() throws Exception {
        log();
        RunLog log = RunLog.read(folder, List.of());

        assertThat(log.markdown()).contains("""

                - **run0**: collapsed at 7,000,000 steps, best 41.2 m at 6,860,000 steps
                  - **run1-test**: finished, best 41.2 m at 6,860,000 steps; from run0, model_5120000_steps.zip
                  - **run1-stable**: finished, rolled back 2 times, best 41.2 m at 6,860,000 steps; from run0, \
                model_5120000_steps.zip
                - **run2-stage1**: finished, best 41.2 m at 6,860,000 steps
                  - **run2-stage2**: stopped at 7,000,000 steps, best 41.2 m at 6,860,000 steps; from run2-stage1, best.zip
                - **run3-ppo**: finished, a collapse seen once, best 41.2 m at 6,860,000 steps
                """);
        String page = log.page();
        Document html =
                Markup.parse(page.substring(page.indexOf("<main"), page.indexOf("</main>") + "</main>".length()));
        List<Element> trees = Markup.withClass(html, "ul", "tree");
        assertThat(trees).hasSize(3);
        assertThat(trees.get(1).getTextContent()).startsWith("run1-test").contains("run1-stable");
        assertThat(Markup.withClass(html, "span", "fell")).as("run0, twice").hasSize(2);
        for (String name : LOG) {
            assertThat(page).contains("\">" + name + "</h3>");
        }
    }

    /** As the examples are: each has a folder of its own. */
    @Test
    void whatARunWentOnFromBelongsToItWhereverItLies() throws Exception {
        RunDirectory run0 = begin(folder.resolve("run0/target/qwop"), "run0");
        Path second = folder.resolve("run1-test/target/qwop");
        begin(second, "run1-test", "modelLoadFile", run0.checkpoint(5_120_000).toString());
        RunDirectory other = begin(folder.resolve("run3-ppo/target/qwop"), "run3-ppo");

        String markdown = RunLog.read(second, List.of(other.path())).markdown();

        assertThat(markdown).contains("""

                - **run0**: stopped at 7,000,000 steps, best 41.2 m at 6,860,000 steps
                  - **run1-test**: stopped at 7,000,000 steps""");
        assertThat(entry(markdown, "run1-test")).contains("- **unlike run0**: ");
        assertThat(entry(markdown, "run3-ppo")).contains("- **lies in**: ../../../run3-ppo/target/qwop/run3-ppo\n");
        assertThat(entry(markdown, "run1-test")).doesNotContain("lies in");
    }

    @Test
    void ofTwoRunsOfOneNameTheOtherIsToldByItsWay() throws Exception {
        begin(folder.resolve("here"), "run0");
        RunDirectory other = begin(folder.resolve("there"), "run0");
        RunLog log = RunLog.read(folder.resolve("here"), List.of(other.path()));

        assertThat(log.markdown()).contains("\n## run0\n", "\n## ../there/run0\n");
        assertThat(log.page()).contains("1000000 → 32000000").doesNotContain(" -> ", "-&gt;");
    }

    /** A sharp begins a fragment in an address. */
    @Test
    void linksLeadThroughFoldersOfAnyName() throws Exception {
        Path here = folder.resolve("C#").resolve("100 % here");
        RunDirectory run = begin(here, "run0");
        RunDirectory other = begin(folder.resolve("C#").resolve("there?"), "run3-ppo");
        Files.writeString(run.report(), "");
        Files.writeString(other.report(), "");

        String page = RunLog.read(here, List.of(other.path())).page();

        List<URI> reports = Pattern.compile("href=\"([^\"]*report.html)\"")
                .matcher(page)
                .results()
                .map(link -> here.resolve("index.html").toUri().resolve(link.group(1)))
                .toList();
        assertThat(reports).containsExactly(run.report().toUri(), other.report().toUri());
    }

    @Test
    void aRunWhoseStartIsGoneIsHeldAgainstTheDefaults() throws Exception {
        begin(
                folder,
                "run1-test",
                "modelLoadFile",
                folder.resolve("gone/best.zip").toString());
        assertThat(RunLog.read(folder, List.of()).markdown())
                .contains("- **went on from**: gone, best.zip", "- **unlike the defaults**: ");
    }

    /** Who renames folders can make a circle. */
    @Test
    void aCircleIsCutAndNobodyIsLost() throws Exception {
        begin(
                folder,
                "run0",
                "modelLoadFile",
                folder.resolve("run3-ppo/best.zip").toString());
        begin(
                folder,
                "run3-ppo",
                "modelLoadFile",
                folder.resolve("run0/best.zip").toString());
        begin(
                folder,
                "run1-test",
                "modelLoadFile",
                folder.resolve("run1-test/best.zip").toString());
        assertThat(RunLog.read(folder, List.of()).markdown())
                .containsPattern("\n- \\*\\*run0\\*\\*: .*\n  - \\*\\*run3-ppo\\*\\*: .*\n- \\*\\*run1-test\\*\\*: ");
    }

    @Test
    void whatIsDamagedIsListedAsSuch() throws Exception {
        RunDirectory half = begin(folder, "run0");
        Files.writeString(half.best(), "half of it");
        Files.writeString(half.evaluation(), "{");
        Files.writeString(begin(folder, "run3-ppo").spec(), "{");
        Files.createDirectories(new RunDirectory(folder.resolve("empty")).checkpoints());
        Files.createDirectories(folder.resolve("notes"));
        RunDirectory binary = new RunDirectory(folder.resolve("binary"));
        Files.createDirectories(binary.path());
        Files.write(binary.spec(), new byte[] {(byte) 0xff, 0, 1});
        Files.write(binary.path().resolve("metrics.jsonl"), new byte[] {(byte) 0xff, 0, 1});

        RunLog log = RunLog.read(folder, List.of());

        assertThat(log.size()).as("notes are no run").isEqualTo(4);
        String markdown = log.markdown();
        assertThat(markdown).contains("; 4 of them collapsed or cannot be read as a whole.");
        assertThat(entry(markdown, "run0"))
                .contains("stopped at 7,000,000 steps, damaged")
                .contains("evaluation.json is unreadable: run qwop:evaluate again.; best.zip is damaged.");
        assertThat(entry(markdown, "run3-ppo")).contains(", damaged", "spec.json is unreadable");
        assertThat(entry(markdown, "binary")).contains(", damaged", "metrics.jsonl: 1 of its lines could not be read.");
        assertThat(entry(markdown, "empty")).contains("- **why**: Nobody has trained, evaluated or searched here.");
        assertThat(log.page()).contains("empty");
    }

    @Test
    void aStudyHasItsEntryAndIsNoBrokenRun() throws Exception {
        begin(folder, "run0");
        Path study = Files.createDirectories(folder.resolve("study"));
        StudyFile.Seed training = new StudyFile.Seed(1, "s1", StudyFile.State.FINISHED, 1, 1, 5.25, List.of(), null);
        new StudyFile(
                        StudyFile.VERSION,
                        "study",
                        Objective.DISTANCE,
                        true,
                        "any",
                        List.of(new StudyFile.Trial("t1", Map.of(), StudyFile.State.FINISHED, List.of(training))))
                .write(study);
        Files.writeString(new RunDirectory(study).report(), "");
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(broken.resolve(StudyFile.NAME), "[]");

        RunLog log = RunLog.read(folder, List.of());

        assertThat(log.told()).isEqualTo("1 run and 2 studies");
        String markdown = log.markdown();
        assertThat(markdown)
                .contains(
                        "1 run and 2 studies, in the order in which they began; 1 of them collapsed or cannot be read")
                .contains("- **study**: study, 1 trial, 1 training, best 5.3 m\n");
        assertThat(entry(markdown, "study"))
                .contains("- **status**: study, 1 trial, 1 training, 20")
                .contains("- **peak**: Best is t1 with 5.3 m (mean distance, interquartile mean over one seed).")
                .contains("- **trainings**: Its trainings are listed with qwop:runs -Dqwop.outputDirectory=" + study)
                .doesNotContain("Nobody has trained");
        assertThat(entry(markdown, "broken"))
                .contains("**status**: study, damaged", "study.json is damaged: remove it");
        assertThat(log.page()).contains("<a href=\"study/report.html\">report</a>");
    }

    @Test
    void anotherPageOfThatNameIsNotWrittenOver() throws IOException {
        Path file = folder.resolve(RunLog.HTML);
        assertThat(RunLog.mayBeWritten(file)).isTrue();
        Files.writeString(file, RunLog.read(folder, List.of()).page());
        assertThat(RunLog.mayBeWritten(file)).isTrue();
        Files.writeString(file, "<html>my own</html>");
        assertThat(RunLog.mayBeWritten(file)).isFalse();
        Files.write(file, new byte[] {(byte) 0xff});
        assertThat(RunLog.mayBeWritten(file)).isFalse();
        assertThat(RunLog.mayBeWritten(folder)).isFalse();
        Path markdown = folder.resolve(RunLog.MARKDOWN);
        Files.writeString(markdown, RunLog.read(folder, List.of()).markdown());
        assertThat(RunLog.mayBeWritten(markdown)).isTrue();
    }
}
