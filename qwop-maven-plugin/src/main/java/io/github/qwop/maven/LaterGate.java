package io.github.qwop.maven;

import java.util.List;
import java.util.Properties;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** What a project's build says on the goal {@code gate} after an evaluation. */
final class LaterGate {

    private LaterGate() {}

    /**
     * Whether a build that evaluates a run holds the run's gates later: it has an execution of {@code gate} for it, and
     * this evaluation of it alone, because a second one would write over what the first one's gates say.
     *
     * @param evaluation what is being executed; a goal on the command line is followed by nothing
     * @param commandLine properties that win over the POM's
     */
    static boolean follows(MojoExecution evaluation, MavenProject project, Properties commandLine, String runId) {
        Plugin plugin = project.getPlugin(evaluation.getPlugin().getKey());
        if (plugin == null || evaluation.getSource() != MojoExecution.Source.LIFECYCLE) {
            return false;
        }
        List<PluginExecution> ofRun = plugin.getExecutions().stream()
                .filter(execution -> !"none".equals(execution.getPhase()))
                .filter(execution -> runId.equals(runId(execution, project, commandLine)))
                .toList();
        return ofRun.stream().anyMatch(execution -> execution.getGoals().contains("gate"))
                && ofRun.stream()
                                .filter(execution -> execution.getGoals().contains("evaluate"))
                                .count()
                        == 1;
    }

    private static String runId(PluginExecution execution, MavenProject project, Properties commandLine) {
        String property = commandLine.getProperty(PropertyNames.RUN_ID);
        if (property == null && execution.getConfiguration() instanceof Xpp3Dom configuration) {
            property = text(configuration.getChild("runId"));
        }
        if (property == null) {
            property = project.getProperties().getProperty(PropertyNames.RUN_ID);
        }
        return property == null ? project.getArtifactId() : property;
    }

    private static @Nullable String text(@Nullable Xpp3Dom element) {
        return element == null ? null : element.getValue();
    }
}
