package io.github.qwop.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;

/** The POM has a training in an execution {@code train}. */
class DeclaredTest {

    private final Plugin plugin = new Plugin();
    private final PluginDescriptor descriptor = new PluginDescriptor();
    private final Properties commandLine = new Properties();
    private final MavenProject project = project();

    private MavenProject project() {
        plugin.setGroupId("io.github.qwop");
        plugin.setArtifactId("qwop-maven-plugin");
        descriptor.setPlugin(plugin);
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().addPlugin(plugin);
        return new MavenProject(model);
    }

    private MojoDescriptor goal(String name, String... parameters) throws Exception {
        MojoDescriptor goal = new MojoDescriptor();
        goal.setGoal(name);
        goal.setPluginDescriptor(descriptor);
        for (String one : parameters) {
            Parameter parameter = new Parameter();
            parameter.setName(one);
            goal.addParameter(parameter);
        }
        descriptor.addMojo(goal);
        return goal;
    }

    private void declare(String id, String goal, Xpp3Dom configuration) {
        PluginExecution execution = new PluginExecution();
        execution.setId(id);
        execution.setGoals(List.of(goal));
        execution.setConfiguration(configuration);
        plugin.addExecution(execution);
        plugin.flushExecutionMap();
    }

    /** Elements by name and text; a name with a dot is in a group. */
    private static Xpp3Dom configuration(String... elements) {
        Xpp3Dom configuration = new Xpp3Dom("configuration");
        for (int i = 0; i < elements.length; i += 2) {
            Xpp3Dom parent = configuration;
            for (String name : elements[i].split("[.]", -1)) {
                Xpp3Dom child = parent.getChild(name) == null ? new Xpp3Dom(name) : parent.getChild(name);
                if (parent.getChild(name) == null) {
                    parent.addChild(child);
                }
                parent = child;
            }
            parent.setValue(elements[i + 1]);
        }
        return configuration;
    }

    private List<String> doubts(MojoDescriptor goal, String execution, MojoExecution.Source source) {
        return Declared.doubts(new MojoExecution(goal, execution, source), project, commandLine);
    }

    private MojoDescriptor train() throws Exception {
        MojoDescriptor train = goal("train", "runId", "seed", "totalTimesteps", "learner");
        plugin.setConfiguration(configuration("learner.gamma", "0.99"));
        declare(
                "train",
                "train",
                configuration(
                        "seed", "1", "totalTimesteps", "500", "learner.gamma", "0.99", "learner.batchSize", "32"));
        return train;
    }

    @Test
    void aGoalOnTheCommandLineIsToldWhatItHasNot() throws Exception {
        MojoDescriptor train = train();

        assertThat(doubts(train, "default-cli", MojoExecution.Source.CLI))
                .containsExactly(
                        "qwop:train on the command line does not have what the execution train in the POM sets: seed,"
                                + " totalTimesteps, learner.batchSize. Run qwop:train@train to have it, or move it into the"
                                + " plugin's own <configuration>.");
        assertThat(doubts(train, "train", MojoExecution.Source.CLI)).isEmpty();
        assertThat(doubts(train, "train", MojoExecution.Source.LIFECYCLE)).isEmpty();
    }

    @Test
    void whatTheCommandLineSaysItselfIsNotMissed() throws Exception {
        MojoDescriptor train = train();
        commandLine.setProperty("qwop.seed", "2");
        commandLine.setProperty("qwop.totalTimesteps", "2");
        commandLine.setProperty("qwop.learner.batchSize", "2");

        assertThat(doubts(train, "default-cli", MojoExecution.Source.CLI)).isEmpty();
    }

    @Test
    void anotherGoalIsToldOfTheRunsNameAlone() throws Exception {
        train();
        declare("stage-2", "train", configuration("runId", "stage-2", "seed", "3"));
        MojoDescriptor report = goal("report", "runId", "seed");

        assertThat(doubts(report, "default-cli", MojoExecution.Source.CLI))
                .containsExactly("qwop:report on the command line does not look where the execution stage-2 in the POM"
                        + " works: add -Dqwop.runId=stage-2 to look there, or move it into the plugin's own"
                        + " <configuration>.");
        assertThat(doubts(goal("runs", "runId"), "default-cli", MojoExecution.Source.CLI))
                .isEmpty();
        MojoDescriptor benchmark = goal("benchmark", "seed");
        assertThat(doubts(benchmark, "default-cli", MojoExecution.Source.CLI))
                .anyMatch(line -> line.contains("Run qwop:benchmark@train to have it"));
    }

    @Test
    void aMisspeltElementIsPointedOut() throws Exception {
        MojoDescriptor train = goal("train", "runId", "totalTimesteps", "learner", "environment");
        goal("evaluate", "episodes");
        plugin.setConfiguration(configuration("episodes", "5", "totalTimestep", "5", "gamma", "0.9"));

        List<String> doubts = doubts(train, "default-cli", MojoExecution.Source.CLI);

        assertThat(doubts)
                .containsExactly(
                        "The element <totalTimestep> in the POM's <configuration> is not used by this plugin; did you"
                                + " mean <totalTimesteps>?",
                        "The element <gamma> in the POM's <configuration> is not used by this plugin; did you mean"
                                + " <learner><gamma>?");
        declare("train", "train", configuration("enviroment.framesPerStep", "2"));
        assertThat(doubts(train, "train", MojoExecution.Source.LIFECYCLE))
                .containsExactly("The element <enviroment> in the POM's <configuration> is not used by this plugin; did"
                        + " you mean <environment>?");
    }

    @Test
    void aProjectWithoutThePluginHasNothingToSay() throws Exception {
        MojoDescriptor train = goal("train", "runId");
        assertThat(Declared.doubts(
                        new MojoExecution(train, "default-cli", MojoExecution.Source.CLI),
                        new MavenProject(),
                        commandLine))
                .isEmpty();
    }
}
