package io.github.qwop.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** What a project's build says on the goal {@code gate} and the evaluation that it is meant to judge. */
final class LaterGate {

    private static final String EVALUATE = "evaluate";
    private static final String GATE = "gate";

    /** The phases of Maven's default lifecycle, in their order. */
    private static final List<String> PHASES = List.of(
            "validate",
            "initialize",
            "generate-sources",
            "process-sources",
            "generate-resources",
            "process-resources",
            "compile",
            "process-classes",
            "generate-test-sources",
            "process-test-sources",
            "generate-test-resources",
            "process-test-resources",
            "test-compile",
            "process-test-classes",
            "test",
            "prepare-package",
            "package",
            "pre-integration-test",
            "integration-test",
            "post-integration-test",
            "verify",
            "install",
            "deploy");

    private LaterGate() {}

    /**
     * A goal of an execution.
     *
     * @param place its number in the POM, which decides within a phase
     */
    private record Bound(String executionId, String phase, int place) {

        /** Nothing is before a phase that is none of Maven's own, or behind one. */
        boolean isBefore(Bound other) {
            int here = PHASES.indexOf(phase);
            int there = PHASES.indexOf(other.phase);
            return here >= 0 && there >= 0 && (here < there || (here == there && place < other.place));
        }
    }

    /**
     * Whether a build that evaluates a run holds the run's gates later: it has an execution of {@code gate} for it that
     * is not done before, and this evaluation of it alone, because a second one would write over what the first one's
     * gates say.
     *
     * @param evaluation what is being executed; a goal on the command line is followed by nothing
     * @param commandLine properties that win over the POM's
     */
    static boolean follows(MojoExecution evaluation, MavenProject project, Properties commandLine, String runId) {
        List<Bound> evaluations = bound(EVALUATE, evaluation, project, commandLine, runId);
        return evaluations.size() == 1
                && bound(GATE, evaluation, project, commandLine, runId).stream()
                        .anyMatch(gate -> !gate.isBefore(evaluations.get(0)));
    }

    /**
     * Whether a gate comes before all evaluations of its run, so that it would judge what an earlier build has left.
     *
     * @param gate what is being executed; a goal on the command line is meant as it stands there
     * @return what is wrong, as a sentence
     */
    static Optional<String> tooEarly(MojoExecution gate, MavenProject project, Properties commandLine, String runId) {
        List<Bound> evaluations = bound(EVALUATE, gate, project, commandLine, runId);
        return bound(GATE, gate, project, commandLine, runId).stream()
                .filter(bound -> bound.executionId().equals(gate.getExecutionId()))
                .filter(bound -> !evaluations.isEmpty() && evaluations.stream().allMatch(bound::isBefore))
                .findFirst()
                .map(bound -> "The goal gate of " + runId + " is bound to " + bound.phase()
                        + ", before its evaluation in " + evaluations.get(0).phase()
                        + ", and would hold the gates of an earlier build: bind it to a later phase, such as verify, or"
                        + " name it behind evaluate in the POM.");
    }

    /** Where a goal of the plugin that is at work is bound for a run; nowhere for a goal on the command line. */
    private static List<Bound> bound(
            String goal, MojoExecution atWork, MavenProject project, Properties commandLine, String runId) {
        List<Bound> found = new ArrayList<>();
        Plugin plugin = project.getPlugin(atWork.getPlugin().getKey());
        if (plugin == null || atWork.getSource() != MojoExecution.Source.LIFECYCLE) {
            return found;
        }
        String usual = goal.equals(GATE) ? "verify" : "integration-test";
        int place = 0;
        for (PluginExecution execution : plugin.getExecutions()) {
            String phase = execution.getPhase() == null ? usual : execution.getPhase();
            boolean ofRun = !"none".equals(phase) && runId.equals(runId(execution, project, commandLine));
            for (String one : execution.getGoals()) {
                if (ofRun && one.equals(goal)) {
                    found.add(new Bound(execution.getId(), phase, place));
                }
                place++;
            }
        }
        return found;
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
