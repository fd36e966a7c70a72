package io.github.qwop.maven;

import io.github.qwop.file.Fault;
import io.github.qwop.goal.ReportGoal;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.fork.ForkMessage;
import io.github.qwop.run.fork.ForkRequest;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.maven.doxia.sink.Sink;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.reporting.MavenReport;
import org.apache.maven.reporting.MavenReportException;
import org.jspecify.annotations.Nullable;

/**
 * Draws what a run's folder holds, at any time, during a training too: the verdict of the gates, replay, times beside
 * the human record's, a search, learning curves over steps and wall time, the collapse guard's deeds, the evaluation,
 * gait and keys of the best episode, and all settings; or, where {@code runId} names a study, its trials over their
 * seeds. Writes {@code report.html} into the run's folder, one file for any browser without a network, and
 * {@code report.md}, its verdict and figures as Markdown; and beside the runs {@code index.html} and {@code index.md},
 * the log of all of them. As a report of {@code mvn site} it is a page of the site.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "report", defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST, threadSafe = true, requiresProject = false)
public final class ReportMojo extends AbstractQwopMojo implements MavenReport {

    private static final String PAGE = "qwop-";

    /** Skips the report. */
    @Parameter(property = PropertyNames.SKIP_REPORT, defaultValue = "false")
    private @Nullable String skipReport;

    /**
     * Runs to show in the same charts: names of runs in {@code outputDirectory}, or folders of runs elsewhere. At most
     * 5. On the command line separated by commas, and one that has commas of its own in double quotes:
     * {@code -Dqwop.compare=run1,../old/target/qwop/run1}.
     */
    @Parameter(property = PropertyNames.COMPARE)
    private @Nullable List<String> compare;

    /** A recording that runs beside the best episode in its player, as a shadow. */
    @Parameter(property = PropertyNames.GHOST)
    private @Nullable File ghost;

    /**
     * Serves the report on this machine until it is stopped with Ctrl-C, and shows there what is new: for a training
     * that is at work. In the end it is written as ever.
     */
    @Parameter(property = PropertyNames.FOLLOW, defaultValue = "false")
    private @Nullable String follow;

    /** Port of the page that is followed, on this machine; 0 takes any free one. */
    @Parameter(property = PropertyNames.PORT, defaultValue = "0")
    private @Nullable String port;

    /** Where relative folders in {@code compare} begin. */
    @Parameter(defaultValue = "${basedir}", readonly = true)
    private @Nullable File basedir;

    private @Nullable File reportOutputDirectory;

    @Override
    String goal() {
        return "report";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_REPORT, skipReport);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        // A comma too many makes an element of nothing.
        List<String> named = compare == null
                ? List.of()
                : compare.stream().filter(Objects::nonNull).toList();
        put(settings, "compare", PropertyNames.COMPARE, named.isEmpty() ? null : Settings.join(named));
        putFile(settings, "ghost", PropertyNames.GHOST, ghost);
        put(settings, "follow", PropertyNames.FOLLOW, follow);
        put(settings, "port", PropertyNames.PORT, port);
        if (basedir != null) {
            settings.put("base", basedir.getPath());
        }
        return settings;
    }

    /** Needs no native library, and so no fork; but one that is stopped has to be. */
    @Override
    ForkMessage work() throws MojoExecutionException {
        if (isSet(PropertyNames.FOLLOW, follow)) {
            return super.work();
        }
        ForkRequest request = request();
        try {
            Outcome written = new ReportGoal().write(Path.of(request.directory()), request.settings());
            return new ForkMessage.Done(written.sentence(), written.data());
        } catch (SettingException e) {
            return new ForkMessage.Refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new MojoExecutionException(
                    "The report cannot be written (" + Fault.of(e)
                            + "): make room, or set outputDirectory to a folder that can be written.",
                    e);
        }
    }

    @Override
    public void generate(Sink sink, Locale locale) throws MavenReportException {
        try {
            ForkRequest request = request();
            String report = new ReportGoal().fragment(Path.of(request.directory()), request.settings());
            sink.head();
            sink.title();
            sink.text(getName(locale));
            sink.title_();
            sink.head_();
            sink.body();
            sink.rawText(report);
            sink.body_();
            sink.flush();
            sink.close();
        } catch (IOException | SettingException e) {
            throw new MavenReportException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A site is built without its training now and then: it then lacks this page, and the log says why. */
    @Override
    public boolean canGenerateReport() {
        if (isSkipped()) {
            return false;
        }
        Path folder = Path.of(request().directory()).resolve(runId());
        boolean there = Files.isDirectory(folder);
        if (!there) {
            getLog().warn("There is no run in " + folder + ", and so no report of it: run qwop:train first.");
        }
        return there;
    }

    /** The older name of {@link #getOutputPath}, which the interface still wants. */
    @Override
    @SuppressWarnings("deprecation")
    public String getOutputName() {
        return getOutputPath();
    }

    @Override
    public String getOutputPath() {
        return PAGE + runId();
    }

    @Override
    public String getCategoryName() {
        return CATEGORY_PROJECT_REPORTS;
    }

    @Override
    public String getName(Locale locale) {
        return "QWOP run " + runId();
    }

    @Override
    public String getDescription(Locale locale) {
        return "Learning curves, evaluation and best episode of the run " + runId() + ".";
    }

    @Override
    public void setReportOutputDirectory(File outputDirectory) {
        reportOutputDirectory = outputDirectory;
    }

    @Override
    public @Nullable File getReportOutputDirectory() {
        return reportOutputDirectory;
    }

    @Override
    public boolean isExternalReport() {
        return false;
    }
}
