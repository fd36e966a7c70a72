package io.github.qwop.run.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.hadoop.util.TFRecordReader;
import org.tensorflow.util.Event;

/** TensorFlow's own record reader, which checks every checksum, reads what we write, and its schema understands it. */
class EventFileTest {

    private static final Descriptor EVENT = Event.getDescriptor();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void tensorFlowReadsTagsStepsAndValues() throws IOException {
        Map<String, Double> first = new LinkedHashMap<>();
        first.put("rollout/ep_rew_mean", -11.25);
        first.put("user/distance", 42.5);
        first.put("train/loss", Double.NaN);
        try (EventFile file = new EventFile(folder, 1_700_000_000.5)) {
            file.write(1_700_000_001.25, 300, first);
            file.write(1_700_000_002.5, 10_000_000_000L, Map.of("train/loss", 0.1));
        }

        List<Message> events = read(onlyFile());

        assertThat(events).hasSize(3);
        assertThat(field(events.get(0), "file_version")).isEqualTo("brain.Event:2");
        assertThat(field(events.get(0), "wall_time")).isEqualTo(1_700_000_000.5);
        assertThat(field(events.get(1), "wall_time")).isEqualTo(1_700_000_001.25);
        assertThat(field(events.get(1), "step")).isEqualTo(300L);
        assertThat(values(events.get(1)))
                .containsExactlyInAnyOrderEntriesOf(Map.of("rollout/ep_rew_mean", -11.25f, "user/distance", 42.5f));
        assertThat(field(events.get(2), "step")).isEqualTo(10_000_000_000L);
        assertThat(values(events.get(2))).containsExactlyInAnyOrderEntriesOf(Map.of("train/loss", 0.1f));
    }

    /** TensorBoard drops what has the step of a {@code START} or a later one. */
    @Test
    void aRestartHasTheFirstStepThatIsWrittenAgain() throws IOException {
        try (EventFile file = new EventFile(folder, 1)) {
            file.restarted(2.5, 1001);
        }

        Message restart = read(onlyFile()).get(1);

        assertThat(field(restart, "wall_time")).isEqualTo(2.5);
        assertThat(field(restart, "step")).isEqualTo(1001L);
        assertThat(field((Message) field(restart, "session_log"), "status")).hasToString("START");
    }

    @Test
    void theReaderNoticesAChangedByte() throws IOException {
        try (EventFile file = new EventFile(folder, 1)) {
            file.write(2, 3, Map.of("user/distance", 4.0));
        }
        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("crc32 checking failed");
    }

    @Test
    void aResumedRunWritesAFileOfItsOwnBesideTheFirst() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (EventFile file = new EventFile(folder, 1)) {
                file.write(2, i, Map.of("user/distance", 4.0));
            }
        }

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(3)
                    .allMatch(name -> name.startsWith("events.out.tfevents."));
        }
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static List<Message> read(Path file) throws IOException {
        List<Message> events = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            TFRecordReader reader = new TFRecordReader(in, true);
            byte[] next = reader.read();
            while (next != null) {
                events.add(DynamicMessage.parseFrom(EVENT, next));
                next = reader.read();
            }
        }
        return events;
    }

    private static Map<Object, Object> values(Message event) {
        Map<Object, Object> values = new HashMap<>();
        for (Object value : (List<?>) field((Message) field(event, "summary"), "value")) {
            values.put(field((Message) value, "tag"), field((Message) value, "simple_value"));
        }
        return values;
    }

    private static Object field(Message message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }
}
