package io.github.qwop.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The project is {@code runner}, and its first execution is the evaluation. */
class LaterGateTest {

    private final Plugin plugin = new Plugin();
    private final MavenProject project = project();
    private final Properties commandLine = new Properties();

    private MavenProject project() {
        plugin.setGroupId("io.github.qwop");
        plugin.setArtifactId("qwop-maven-plugin");
        Model model = new Model();
        model.setArtifactId("runner");
        model.setBuild(new Build());
        model.getBuild().addPlugin(plugin);
        return new MavenProject(model);
    }

    private PluginExecution bind(@Nullable String runId, String... goals) {
        PluginExecution execution = new PluginExecution();
        execution.setId("execution-" + plugin.getExecutions().size());
        execution.setGoals(List.of(goals));
        if (runId != null) {
            Xpp3Dom configuration = new Xpp3Dom("configuration");
            Xpp3Dom element = new Xpp3Dom("runId");
            element.setValue(runId);
            configuration.addChild(element);
            execution.setConfiguration(configuration);
        }
        plugin.addExecution(execution);
        return execution;
    }

    private MojoExecution atWork(String executionId, MojoExecution.Source source) {
        PluginDescriptor descriptor = new PluginDescriptor();
        descriptor.setPlugin(plugin);
        MojoDescriptor goal = new MojoDescriptor();
        goal.setPluginDescriptor(descriptor);
        return new MojoExecution(goal, executionId, source);
    }

    private boolean follows(MojoExecution.Source source, String runId) {
        return LaterGate.follows(atWork("execution-0", source), project, commandLine, runId);
    }

    private Optional<String> tooEarly(PluginExecution gate, MojoExecution.Source source) {
        return LaterGate.tooEarly(atWork(gate.getId(), source), project, commandLine, "runner");
    }

    private boolean follows(String runId) {
        return follows(MojoExecution.Source.LIFECYCLE, runId);
    }

    @Test
    void aBuildWithTheGoalHoldsThemLater() {
        bind(null, "evaluate");
        assertThat(follows("runner")).isFalse();

        bind(null, "report", "gate");
        assertThat(follows("runner")).isTrue();
    }

    @Test
    void aGoalOnTheCommandLineIsFollowedByNothing() {
        bind(null, "evaluate", "gate");

        assertThat(follows(MojoExecution.Source.CLI, "runner")).isFalse();
    }

    @Test
    void aGateOfAnotherRunHoldsNothing() {
        bind("fast", "evaluate");
        PluginExecution gate = bind(null, "gate");
        assertThat(follows("fast")).isFalse();

        commandLine.setProperty("qwop.runId", "named");
        assertThat(follows("named")).isTrue();

        commandLine.clear();
        gate.setConfiguration(plugin.getExecutions().get(0).getConfiguration());
        assertThat(follows("fast")).isTrue();
    }

    @Test
    void thePropertyOfThePomNamesRunsToo() {
        project.getProperties().setProperty("qwop.runId", "fast");
        bind(null, "evaluate");
        bind(null, "gate");

        assertThat(follows("fast")).isTrue();
    }

    @Test
    void twoEvaluationsOfARunWouldHideEachOther() {
        bind(null, "evaluate");
        bind(null, "evaluate");
        bind(null, "gate");

        assertThat(follows("runner")).isFalse();
    }

    /** It would judge the evaluation that an earlier build has left. */
    @Test
    void aGateBeforeItsEvaluationIsRefusedAndHoldsNothing() {
        bind(null, "evaluate").setPhase("verify");
        PluginExecution gate = bind(null, "gate");
        gate.setPhase("package");

        assertThat(follows("runner")).isFalse();
        assertThat(tooEarly(gate, MojoExecution.Source.LIFECYCLE))
                .hasValue("The goal gate of runner is bound to package, before its evaluation in verify, and would hold"
                        + " the gates of an earlier build: bind it to a later phase, such as verify, or name it behind"
                        + " evaluate in the POM.");
        assertThat(tooEarly(gate, MojoExecution.Source.CLI)).isEmpty();

        gate.setPhase("verify");
        assertThat(follows("runner")).as("behind it in the POM").isTrue();
        assertThat(tooEarly(gate, MojoExecution.Source.LIFECYCLE)).isEmpty();

        gate.setPhase("a-phase-of-another-lifecycle");
        assertThat(follows("runner")).isTrue();
        assertThat(tooEarly(gate, MojoExecution.Source.LIFECYCLE)).isEmpty();
    }

    @Test
    void thePomsOrderDecidesWithinAPhase() {
        PluginExecution both = bind(null, "gate", "evaluate");
        both.setPhase("verify");

        assertThat(follows("runner")).isFalse();
        assertThat(tooEarly(both, MojoExecution.Source.LIFECYCLE)).isPresent();
    }

    @Test
    void aGateBetweenTwoEvaluationsJudgesTheFirst() {
        bind(null, "evaluate");
        PluginExecution gate = bind(null, "gate");
        bind(null, "evaluate").setPhase("install");

        assertThat(tooEarly(gate, MojoExecution.Source.LIFECYCLE)).isEmpty();
    }

    @Test
    void aGateWithoutAnEvaluationInTheBuildJudgesWhatIsThere() {
        bind("other", "evaluate");
        PluginExecution gate = bind(null, "gate");
        gate.setPhase("validate");

        assertThat(tooEarly(gate, MojoExecution.Source.LIFECYCLE)).isEmpty();
    }

    @Test
    void aGateWithoutAPhaseIsNone() {
        bind(null, "evaluate");
        bind(null, "gate").setPhase("none");

        assertThat(follows("runner")).isFalse();
    }
}
