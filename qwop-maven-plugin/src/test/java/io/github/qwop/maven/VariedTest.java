package io.github.qwop.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.settings.SettingException;
import java.io.StringReader;
import java.util.Map;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class VariedTest {

    private static PlexusConfiguration element(String xml) throws Exception {
        return new XmlPlexusConfiguration(Xpp3DomBuilder.build(new StringReader("<grid>" + xml + "</grid>")));
    }

    private static Map<String, String> values(String xml) throws Exception {
        return Varied.of("grid", element(xml));
    }

    @Test
    void valuesAreElementsOrText() throws Exception {
        assertThat(values("<learner.gamma><value>0.99</value><value> 0.995 </value></learner.gamma>"
                        + "<nEnvs>4, 8</nEnvs><learner.learningRate>log 1e-5 1e-3</learner.learningRate>"))
                .isEqualTo(Map.of(
                        "learner.gamma", "0.99,0.995",
                        "nEnvs", "4, 8",
                        "learner.learningRate", "log 1e-5 1e-3"));
    }

    @Test
    void aValueMayHaveCommas() throws Exception {
        assertThat(values("<learner.netArch><value>64,64</value><value>256,256</value></learner.netArch>"))
                .isEqualTo(Map.of("learner.netArch", "\"64,64\",\"256,256\""));
        assertThat(values("<learner.netArch><value>64,64</value></learner.netArch>"))
                .isEqualTo(Map.of("learner.netArch", "\"64,64\""));
    }

    @Test
    void aSettingMayStandInItsGroup() throws Exception {
        assertThat(values("<learner><gamma><value>0.99</value><value>0.995</value></gamma><batchSize>32,64</batchSize>"
                        + "</learner>"))
                .isEqualTo(Map.of("learner.gamma", "0.99,0.995", "learner.batchSize", "32,64"));
    }

    @Test
    void whatIsEmptyIsNamed() throws Exception {
        PlexusConfiguration empty = element("<learner.gamma/>");
        PlexusConfiguration emptyValue = element("<nEnvs><value>4</value><value/></nEnvs>");

        assertThat(Varied.of("grid", null)).isEmpty();
        assertThatThrownBy(() -> Varied.of("grid", empty))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("<learner.gamma> in <grid> has no text");
        assertThatThrownBy(() -> Varied.of("grid", emptyValue))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("<nEnvs><value> in <grid> has no text");
    }
}
