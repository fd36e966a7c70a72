package io.github.qwop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.settings.SettingException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class PresetTest {

    /** What an example's POM has for its evaluation, or for its place. */
    private static final Set<String> NOT_OF_A_TRAINING = Set.of("runId", "episodes", "policy");

    private static Document pom(String example) throws Exception {
        Path file = Path.of("..", "examples", example).resolve("pom.xml").normalize();
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static Optional<Element> child(Node parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    /** The plugin's configuration, or that of an execution. */
    private static Map<String, String> configuration(Document pom, String execution) {
        Map<String, String> settings = new HashMap<>();
        NodeList all = pom.getElementsByTagName("configuration");
        for (int i = 0; i < all.getLength(); i++) {
            Node parent = all.item(i).getParentNode();
            String id = child(parent, "id").map(Node::getTextContent).orElse("");
            if (id.equals(execution)
                    && child(parent, execution.isEmpty() ? "artifactId" : "goals")
                            .isPresent()) {
                read(all.item(i), "", settings);
            }
        }
        settings.keySet().removeAll(NOT_OF_A_TRAINING);
        settings.keySet().removeIf(name -> name.startsWith("gate."));
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

    @Test
    void quickIsTheQuickstart() throws Exception {
        Map<String, String> settings = configuration(pom("quickstart"), "");
        settings.putAll(configuration(pom("quickstart"), "train"));
        settings.remove("seed");

        assertThat(RunSpec.of(Preset.QUICK.settings())).isEqualTo(RunSpec.of(settings));
    }

    @Test
    void steadyIsWhatWasMeasuredOverThreeSeeds() throws Exception {
        Map<String, String> settings = configuration(pom("eyes"), "");
        settings.putAll(configuration(pom("eyes"), "ppo-relative-1"));
        settings.remove("seed");
        settings.remove("nCheckpoints");

        assertThat(RunSpec.of(Preset.STEADY.settings())).isEqualTo(RunSpec.of(settings));
    }

    @Test
    void recordIsTheExampleOfTenMillionSteps() throws Exception {
        Map<String, String> settings = configuration(pom(""), "");
        settings.putAll(configuration(pom("record-10m"), ""));

        assertThat(RunSpec.of(Preset.RECORD.settings())).isEqualTo(RunSpec.of(settings));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsGivenWinsAndIsSaid(Preset preset) {
        Notes notes = new Notes();
        Map<String, String> given = Map.of("totalTimesteps", "70000", "learner.gamma", "0.9", "algorithm", "PPO");

        RunSpec spec = RunSpec.of(preset.under(given, notes));

        assertThat(spec.totalTimesteps()).isGreaterThanOrEqualTo(70_000).isLessThan(70_100);
        assertThat(spec.settings())
                .containsEntry("learner.gamma", "0.9")
                .containsEntry("environment.actionSet", preset.settings().get("environment.actionSet"));
        assertThat(notes.infos())
                .singleElement()
                .asString()
                .startsWith("The preset " + preset.text() + " stands for ")
                .contains("environment.actionSet " + preset.settings().get("environment.actionSet"))
                .contains("; given otherwise: algorithm PPO, totalTimesteps 70000")
                .endsWith(".");
    }

    @Test
    void anotherAlgorithmIsRefused() {
        assertThatThrownBy(() -> Preset.RECORD.under(Map.of("algorithm", "qr-dqn"), new Silence()))
                .isInstanceOf(SettingException.class)
                .hasMessage("preset is record, which is a set of settings of ppo, and algorithm is qr-dqn: remove one"
                        + " of the two.");
    }
}
