package io.github.qwop.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.goal.ReportGoal;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Notes;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.evaluation.GateSpec;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.run.study.Objective;
import io.github.qwop.run.study.StudyFile;
import io.github.qwop.run.study.StudyFile.Evaluated;
import io.github.qwop.run.study.StudyFile.Point;
import io.github.qwop.run.study.StudyFile.Seed;
import io.github.qwop.run.study.StudyFile.State;
import io.github.qwop.run.study.StudyFile.Trial;
import io.github.qwop.run.study.StudyGates;
import io.github.qwop.run.study.StudyStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The report on made-up studies. */
class StudyReportTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A trial whose seeds end some metres apart. */
    private static Trial trial(String name, State state, Map<String, String> settings, double metres, int seeds) {
        List<Seed> all = new ArrayList<>();
        for (int i = 1; i <= seeds; i++) {
            double end = metres + i;
            all.add(new Seed(
                    i,
                    name + "-s" + i,
                    state,
                    2000,
                    60,
                    end,
                    List.of(new Point(1000, end / 2), new Point(2000, end)),
                    new Evaluated(100, end, 0.25, null)));
        }
        return new Trial(name, settings, state, all);
    }

    private StudyFile write(Objective objective, Trial... trials) throws IOException {
        StudyFile study = new StudyFile(
                StudyFile.VERSION, "study", objective, objective.higherIsBetter(), "2,000 steps", List.of(trials));
        Files.createDirectories(folder.resolve("study"));
        study.write(folder.resolve("study"));
        return study;
    }

    private StudyFile several() throws IOException {
        return write(
                Objective.DISTANCE,
                trial("default", State.FINISHED, Map.of(), 20, 5),
                trial(
                        "t1",
                        State.FINISHED,
                        new TreeMap<>(Map.of("learner.gamma", "0.99", "learner.netArch", "64,64")),
                        70,
                        5),
                trial(
                        "t2",
                        State.PRUNED,
                        new TreeMap<>(Map.of("learner.gamma", "0.9", "learner.netArch", "8<9")),
                        3,
                        5));
    }

    private Document content() {
        return Markup.parse("<main>" + StudyReport.read(folder.resolve("study")).content() + "</main>");
    }

    private static List<String> series(Element within) {
        return Markup.withClass(within, "polyline", "smooth").stream()
                .map(line -> line.getAttribute("data-name"))
                .toList();
    }

    @Test
    void showsCurvesWithBandsAProfileAndWhatTheTrialsReached() throws IOException {
        several();
        Document content = content();

        List<Element> charts = Markup.withClass(content, "svg", "chart");
        assertThat(charts)
                .extracting(chart -> chart.getAttribute("aria-label").replaceFirst("[.] .*", ""))
                .startsWith("Distance in evaluations", "What the trials reached", "Performance profile");
        assertThat(series(charts.get(0))).containsExactly("t1", "default", "t2");
        assertThat(Markup.withClass(charts.get(0), "polygon", "band")).hasSize(3);
        assertThat(Markup.withClass(charts.get(1), "circle", "seed")).hasSize(10);
        assertThat(Markup.withClass(charts.get(1), "polyline", "whisker")).hasSize(2);
        // What is pruned has no place in a profile.
        assertThat(series(charts.get(2))).containsExactly("t1", "default");
        Element parallel = Markup.withClass(content, "svg", "parallel").get(0);
        assertThat(Markup.withClass(parallel, "polyline", "trial")).hasSize(2);
    }

    @Test
    void tellsTheRankingInATableAndAsMarkdown() throws IOException {
        several();
        Files.createDirectories(folder.resolve("study/t1-s2"));
        Files.writeString(new RunDirectory(folder.resolve("study/t1-s2")).report(), "");
        Document content = content();

        Element ranking = (Element) content.getElementsByTagName("tbody").item(0);
        assertThat(ranking.getElementsByTagName("tr").item(0).getTextContent())
                .isEqualTo("1t15 of 573.0 m71.3 to 74.7 m73.0 m+50.0 m+47.7 to +52.3 m1.00"
                        + "learner.gamma = 0.99, learner.netArch = 64,64");
        assertThat(ranking.getElementsByTagName("tr").item(2).getTextContent()).startsWith("prunedt20 of 5");
        assertThat(((Element) content.getElementsByTagName("a").item(0)).getAttribute("href"))
                .isEqualTo("t1-s2/report.html");
        assertThat(StudyReport.read(folder.resolve("study")).markdown())
                .startsWith("### QWOP study study: best is t1\n")
                .contains("| 1 | t1 | 5 of 5 | 73.0 m | 71.3 to 74.7 m | 73.0 m | +50.0 m | +47.7 to +52.3 m | 1.00 |")
                .contains("learner.netArch = 8&lt;9 |")
                .contains("| learner.gamma | 100 % | 0.99: 73.0 m; default: 23.0 m |");
    }

    @Test
    void beginsWithTheVerdictOfTheGates() throws IOException, GateException {
        StudyFile study = several();
        StudyGates.conclude(
                folder.resolve("study"),
                study,
                Settings.bind(GateSpec.NOTHING, Map.of("minIqmDistance", "80", "betterThanBaseline", "95%")),
                null,
                true,
                new Notes());

        assertThat(Markup.withClass(content(), "p", "verdict").get(0).getTextContent())
                .isEqualTo("✗ 1 of 2 gates fell");
        assertThat(StudyReport.read(folder.resolve("study")).markdown())
                .contains("| minIqmDistance | 80.00 m | 73.00 m | **✗ fell** |")
                .contains("| betterThanBaseline | 0.00 | 47.67 | ✓ holds |");
    }

    @Test
    void damagedStatisticsAreLeftOutAndSaidToBe() throws IOException {
        several();
        Files.writeString(folder.resolve("study").resolve(StudyStatistics.NAME), "{");

        assertThat(content().getDocumentElement().getTextContent())
                .contains("Left out: The study's statistics")
                .contains("What the trials reached");
    }

    @Test
    void oneSeedHasNoBandAndNoInterval() throws IOException {
        write(Objective.SECONDS, trial("default", State.FINISHED, Map.of(), 60, 1));
        Document content = content();

        assertThat(Markup.withClass(content, "polygon", "band")).isEmpty();
        assertThat(Markup.withClass(content, "polyline", "whisker")).isEmpty();
        assertThat(content.getDocumentElement().getTextContent()).contains("one seed, no interval");
    }

    /** Of seconds fewer are better: all trainings end below the longest, none below the shortest. */
    @Test
    void aProfileOfSecondsRises() throws IOException {
        write(Objective.SECONDS, trial("default", State.FINISHED, Map.of(), 60, 5));
        Element profile = Markup.withClass(content(), "svg", "chart").get(2);

        assertThat(profile.getAttribute("aria-label")).contains("default: 0 % at the beginning, 80 % at 65");
    }

    @Test
    void aStudyThatHasJustBegunHasNothingToDraw() throws IOException {
        write(
                Objective.DISTANCE,
                new Trial(
                        "default",
                        Map.of(),
                        State.WAITING,
                        List.of(new Seed(1, "default-s1", State.WAITING, 0, 0, null, List.of(), null))));

        assertThat(content().getDocumentElement().getTextContent())
                .contains("no trial is finished yet")
                .contains("No training has been evaluated yet: there is nothing to draw.");
        write(Objective.DISTANCE);
        assertThat(content().getDocumentElement().getTextContent()).contains("0 of 0");
    }

    @Test
    void atMostSixTrialsAreInColourTheReferenceAmongThem() throws IOException {
        Trial[] trials = new Trial[9];
        for (int i = 0; i < trials.length; i++) {
            trials[i] = trial(i == 0 ? "default" : "t" + i, State.FINISHED, Map.of("nEnvs", i + ""), 10 * i, 2);
        }
        write(Objective.DISTANCE, trials);
        List<Element> charts = Markup.withClass(content(), "svg", "chart");

        assertThat(series(charts.get(0))).containsExactly("t8", "t7", "t6", "t5", "t4", "default");
        assertThat(Markup.withClass(charts.get(1), "circle", "others")).hasSize(9);
    }

    @Test
    void theGoalTakesAStudyWhereOneLies() throws IOException {
        several();

        assertThat(new ReportGoal().write(folder, Map.of("runId", "study")).sentence())
                .isEqualTo("The report on study is written: "
                        + folder.resolve("study").resolve("report.html") + ". The log of 1 study: "
                        + folder.resolve("index.html") + ".");
        assertThat(folder.resolve("study/report.html")).content().contains("<title>QWOP study study</title>");
        assertThat(folder.resolve("study/report.md")).content().startsWith("### QWOP study study");
        assertThat(new ReportGoal().fragment(folder, Map.of("runId", "study"))).contains("data-theme=\"light\"");
        assertThatThrownBy(() -> new ReportGoal().write(folder, Map.of("runId", "study", "compare", "other")))
                .isInstanceOf(SettingException.class)
                .hasMessage("compare is for the report of a run, and study is a study, which compares its own trials:"
                        + " remove the setting, or name one of its trainings.");
    }
}
