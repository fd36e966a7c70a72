package io.github.qwop.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.schedule.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionTest {

    /** Some class with nested ones that needs none but the JDK's, recompiled with another text in it. */
    @Test
    void noticesAChangedClassAndAChangedNestedOne(@TempDir Path folder) throws IOException {
        String unchanged = digest(folder, "const_", "const_");

        assertThat(digest(folder, "const_", "konst_")).isNotEqualTo(unchanged);
        assertThat(digest(folder, "is not understood", "is misunderstood.")).isNotEqualTo(unchanged);
        assertThat(digest(folder, "const_", "const_")).isEqualTo(unchanged);
        assertThat(Extension.digest("no.such.Shaper")).isEmpty();
    }

    private static String digest(Path folder, String text, String instead) throws IOException {
        Path classes = Files.createDirectories(
                folder.resolve(Schedule.class.getPackageName().replace('.', '/')));
        for (Class<?> member : Schedule.class.getNestMembers()) {
            String file = member.getName().substring(member.getPackageName().length() + 1) + ".class";
            try (InputStream in = Schedule.class.getResourceAsStream(file)) {
                String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                Files.write(classes.resolve(file), bytes.replace(text, instead).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] classPath = {folder.toUri().toURL()};
        try (URLClassLoader own = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(own);
            Optional<String> digest = Extension.digest(Schedule.class.getName());
            return digest.orElseThrow();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
